import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PlaceOptions } from "@/lib/openclaw/program/command-directories";
import type { InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import { findNodeRuntime, nodeAt } from "@/lib/openclaw/program/node-runtime";

const NEEDED = ">=24.16.0 <25 || >=26.1.0";
const FALLBACK = ">=22.12.0";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "node-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const at = (relative: string) => path.join(root, relative);

/** A program that says it is a Node of some version, and counts how often it was asked. */
function fakeNode(relative: string, version: string): string {
  const file = at(relative);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\necho >> "${file}.asked"\necho "v${version}"\n`, { mode: 0o755 });
  return file;
}

function timesAsked(file: string): number {
  try {
    return readFileSync(`${file}.asked`, "utf8").length;
  } catch {
    return 0;
  }
}

function installed(more: Partial<InstalledOpenClaw> = {}): InstalledOpenClaw {
  return {
    version: "2026.9.6",
    command: { path: at("usr/bin/openclaw"), place: "path" },
    entry: { kind: "script", path: at("usr/lib/node_modules/openclaw/openclaw.mjs") },
    packageDir: at("usr/lib/node_modules/openclaw"),
    needsNode: NEEDED,
    ownNode: null,
    ...more,
  };
}

function find(
  of: InstalledOpenClaw,
  env: Record<string, string> = {},
  more: Partial<PlaceOptions> = {},
) {
  const options: PlaceOptions = { platform: "linux", homedir: at("home"), root, ...more };
  return findNodeRuntime(of, env, options, FALLBACK);
}

describe("the Node that would run OpenClaw", () => {
  it("is the first on the PATH", async () => {
    const first = fakeNode("a/node", "24.21.0");
    fakeNode("b/node", "22.1.0");
    expect(await find(installed(), { PATH: `${at("none")}:${at("a")}:${at("b")}` })).toEqual({
      state: "fits",
      needed: NEEDED,
      node: { path: first, version: "24.21.0" },
    });
  });

  it("is the one the start script names, whatever the PATH says", async () => {
    const own = fakeNode("own/node", "24.21.0");
    fakeNode("a/node", "20.20.2");
    expect(await find(installed({ ownNode: own }), { PATH: at("a") })).toMatchObject({
      state: "fits",
      node: { path: own },
    });
  });

  it("is the one beside the command where the PATH has none", async () => {
    const beside = fakeNode("usr/bin/node", "26.1.0");
    expect(await find(installed())).toMatchObject({ state: "fits", node: { path: beside } });
  });

  it("is of no interest for a program of its own", async () => {
    const entry = { kind: "program", path: at("bin/openclaw") } as const;
    expect(await find(installed({ entry }))).toEqual({ state: "own-program" });
  });

  it.each([
    ["24.15.9", false],
    ["24.16.0", true],
    ["25.9.0", false],
    ["26.0.0", false],
    ["26.1.0", true],
  ])("%s fits: %s", async (version, fits) => {
    fakeNode("a/node", version);
    const runtime = await find(installed(), { PATH: at("a") });
    expect(runtime.state).toBe(fits ? "fits" : "none-fits");
  });

  it("is held against the fallback where the package says nothing or nonsense", async () => {
    fakeNode("a/node", "22.20.0");
    for (const needsNode of [null, "the newest"]) {
      expect(await find(installed({ needsNode }), { PATH: at("a") })).toMatchObject({
        state: "fits",
        needed: FALLBACK,
      });
    }
  });
});

describe("another Node", () => {
  const places: ReadonlyArray<readonly [string, string]> = [
    ["later on the PATH", "b/node"],
    ["nvm", "home/.nvm/versions/node/v24.21.0/bin/node"],
    ["fnm", "home/.local/share/fnm/node-versions/v24.21.0/installation/bin/node"],
    ["Volta", "home/.volta/tools/image/node/24.21.0/bin/node"],
    ["asdf", "home/.asdf/installs/nodejs/24.21.0/bin/node"],
    ["mise", "home/.local/share/mise/installs/node/24.21.0/bin/node"],
    ["OpenClaw's installer", "home/.openclaw/tools/node-v24.21.0/bin/node"],
    ["/usr/local", "usr/local/bin/node"],
    ["Homebrew", "opt/homebrew/bin/node"],
    ["a keg of Homebrew", "opt/homebrew/opt/node@24/bin/node"],
  ];
  it.each(places)("is found: %s", async (_, place) => {
    const usual = fakeNode("a/node", "20.20.2");
    const other = fakeNode(place, "24.21.0");
    expect(await find(installed(), { PATH: `${at("a")}:${at("b")}` })).toEqual({
      state: "other-fits",
      needed: NEEDED,
      node: { path: other, version: "24.21.0" },
      usual: { path: usual, version: "20.20.2" },
    });
  });

  it("is first of all the one that runs this program", async () => {
    const needsNode = ">=20";
    const runtime = await find(installed({ needsNode }), {}, { execPath: process.execPath });
    expect(runtime).toEqual({
      state: "other-fits",
      needed: needsNode,
      node: { path: process.execPath, version: process.versions.node },
      usual: null,
    });
  });

  it("of a version manager is not started to learn what its directory says", async () => {
    const old = fakeNode("home/.nvm/versions/node/v22.19.0/bin/node", "22.19.0");
    const fitting = fakeNode("home/.nvm/versions/node/v24.19.0/bin/node", "24.19.0");
    expect(await find(installed())).toMatchObject({ state: "other-fits", node: { path: fitting } });
    rmSync(fitting);
    expect(await find(installed())).toEqual({
      state: "none-fits",
      needed: NEEDED,
      found: [{ path: old, version: "22.19.0" }],
    });
    expect(timesAsked(old)).toBe(0);
  });
});

describe("no Node that fits", () => {
  it("names those that there are", async () => {
    const one = fakeNode("a/node", "20.20.2");
    const two = fakeNode("b/node", "22.1.0");
    expect(await find(installed(), { PATH: `${at("a")}:${at("b")}` })).toEqual({
      state: "none-fits",
      needed: NEEDED,
      found: [
        { path: one, version: "20.20.2" },
        { path: two, version: "22.1.0" },
      ],
    });
    expect(await find(installed(), { PATH: at("nowhere") })).toMatchObject({ found: [] });
  });
});

describe("nodeAt", () => {
  it("asks once, and again only when the file changed", async () => {
    const file = fakeNode("a/node", "22.1.0");
    await Promise.all([nodeAt(file), nodeAt(file)]);
    expect(await nodeAt(file)).toEqual({ path: file, version: "22.1.0" });
    expect(timesAsked(file)).toBe(1);
    writeFileSync(file, "#!/bin/sh\necho v24.21.0 # another\n", { mode: 0o755 });
    expect(await nodeAt(file)).toEqual({ path: file, version: "24.21.0" });
  });

  it("is null for what is no Node", async () => {
    mkdirSync(at("folder/node"), { recursive: true });
    writeFileSync(at("text"), "hello");
    writeFileSync(at("liar"), "#!/bin/sh\necho hello\n", { mode: 0o755 });
    for (const file of ["folder/node", "text", "liar", "gone"]) {
      expect(await nodeAt(at(file)), file).toBeNull();
    }
  });
});
