import { execFile } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { COMMANDS } from "@/cli/command-table";
import { LOCALES } from "@/lib/i18n/locale-list.mjs";
import { isNewEnough } from "./node-version.mjs";
import { readOptions } from "./options.mjs";
import {
  buildStampPath,
  installStampPath,
  isBuilt,
  isInstalled,
  lockHash,
  sourcesGlance,
  sourcesHash,
} from "./prepare/fingerprint.mjs";
import { withLock } from "./prepare/lock.mjs";
import { chooseLanguage, speaker } from "./words.mjs";

describe("options", () => {
  it("has defaults", () => {
    const none = { locale: null, profile: null, dev: false };
    expect(readOptions([])).toEqual({ kind: "start", port: 1455, open: true, ...none });
  });
  it("reads each option", () => {
    const args = ["--port", "0", "--no-open", "--locale=fr", "--profile", "work-2", "--dev"];
    const given = { port: 0, open: false, locale: "fr", profile: "work-2", dev: true };
    expect(readOptions(args)).toEqual({ kind: "start", ...given });
  });
  it.each([
    [["--port", "65536"], "badPort"],
    [["--port=-1"], "badPort"],
    [["--port", "80a"], "badPort"],
    [["--locale", "tlh"], "badLocale"],
    [["--locale", ""], "badLocale"],
    [["--profile", "../x"], "badProfile"],
    [["--profile", ""], "badProfile"],
    [["--nope"], "unknownOption"],
    [["extra"], "unknownOption"],
  ])("refuses %j", (args, word) => {
    expect(readOptions(args)).toMatchObject({ kind: "bad", word });
  });
});

describe("Node version", () => {
  it.each([
    ["20.9.0", true],
    ["20.20.0", true],
    ["24.1.0", true],
    ["20.8.9", false],
    ["18.20.4", false],
    ["v21.0.0-nightly", true],
  ])("%s: %s", (found, enough) => expect(isNewEnough(found)).toBe(enough));
});

describe("words", () => {
  it("follows --locale, then the POSIX order", () => {
    expect(chooseLanguage(["--locale", "fr"], { LC_ALL: "en_US.UTF-8" })).toBe("fr");
    expect(chooseLanguage([], { LANG: "fr_CA.UTF-8" })).toBe("fr");
    expect(chooseLanguage([], { LC_ALL: "C", LANG: "fr_FR" })).toBe("en");
    expect(chooseLanguage([], {})).toBe("en");
    expect(chooseLanguage(["--locale=fr"], { LANG: "C" })).toBe("fr");
  });
  it("names the languages where one is wrong", () => {
    expect(speaker("fr")("badLocale", { value: "tlh" })).toMatch(/en, fr.*«\u00a0tlh\u00a0»/u);
    expect(speaker("en")("help")).toContain("en, fr");
    for (const locale of LOCALES)
      for (const name of Object.keys(COMMANDS))
        expect(speaker(locale)("help")).toMatch(new RegExp(`^ {2}${name} +\\S`, "mu"));
  });
  it("fills in values", () => {
    expect(speaker("en")("portTaken", { port: 1455, other: 1466 })).toContain("--port 1466");
  });
});

describe("stamps and lock", () => {
  let root: string;
  const put = (name: string, text: string) => {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "commands-"));
    put("package.json", '{"dependencies":{"a":"1"},"devDependencies":{"b":"1"}}');
    put("package-lock.json", "{}");
    put("lib/one.ts", "1");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it("builds again when a source changes, not when a test does", () => {
    put(".next/BUILD_ID", "x");
    put("dist/server.cjs", "");
    expect(isBuilt(root)).toBe(false);
    writeFileSync(buildStampPath(root), sourcesHash(root));
    expect(isBuilt(root)).toBe(true);
    put("lib/one.test.ts", "2");
    expect(isBuilt(root)).toBe(true);
    put("lib/one.ts", "2");
    expect(isBuilt(root)).toBe(false);
  });

  it("reads nothing where sizes and times are as they were, and notices a write of the same size", () => {
    put(".next/BUILD_ID", "x");
    put("dist/server.cjs", "");
    writeFileSync(buildStampPath(root), `not a hash of these\n${sourcesGlance(root)}\n`);
    expect(isBuilt(root)).toBe(true);
    put("lib/one.ts", "2");
    // An older time, as when a file is unpacked or copied with its times.
    utimesSync(join(root, "lib/one.ts"), 1000, 1000);
    expect(isBuilt(root)).toBe(false);
  });

  it("installs again when a package is missing or the lock file is another", () => {
    put("node_modules/a/package.json", "{}");
    expect(isInstalled(root, false)).toBe(false);
    writeFileSync(installStampPath(root), lockHash(root));
    expect(isInstalled(root, false)).toBe(true);
    expect(isInstalled(root, true)).toBe(false);
    put("package-lock.json", '{"other":1}');
    expect(isInstalled(root, false)).toBe(false);
  });

  it("accepts what npm installed by hand after the lock file changed", () => {
    put("node_modules/a/package.json", "{}");
    put("node_modules/.package-lock.json", "{}");
    utimesSync(join(root, "package-lock.json"), 1000, 1000);
    expect(isInstalled(root, false)).toBe(true);
    utimesSync(join(root, "node_modules/.package-lock.json"), 999, 999);
    expect(isInstalled(root, false)).toBe(false);
  });

  it("lets one in at a time, and takes over from an owner that is gone", async () => {
    put(".cache/prepare.lock", "999999999");
    let inside = 0;
    let most = 0;
    const enter = () =>
      withLock(
        root,
        () => {},
        async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((done) => setImmediate(done));
          inside -= 1;
        },
      );
    await Promise.all([enter(), enter()]);
    expect(most).toBe(1);
  });
});

it("says whose folder it is where it may not write, and what to do", async () => {
  const root = mkdtempSync(join(tmpdir(), "denied-"));
  const bin = fileURLToPath(new URL(".", import.meta.url));
  cpSync(bin, join(root, "bin"), { recursive: true });
  const read = ["i18n/locale-list.mjs", "system/read.mjs", "system/surroundings.mjs"].map(
    (name) => `lib/${name}`,
  );
  for (const name of ["package.json", "package-lock.json", "messages", ...read])
    cpSync(join(bin, "..", name), join(root, name), { recursive: true });
  chmodSync(root, 0o555);
  // The administrator may write anywhere: somebody else then.
  const user = process.getuid?.() === 0 ? { uid: 12345, gid: 12345 } : {};
  const [status, words] = await new Promise<[unknown, string]>((resolve) => {
    execFile(
      process.execPath,
      [join(root, "bin", "start.mjs"), "--no-open", "--port", "0"],
      { cwd: "/", env: { PATH: "/usr/bin:/bin", LANG: "C" } as never, ...user },
      (error, _out, errors) => resolve([error?.code, errors]),
    );
  });
  chmodSync(root, 0o755);
  rmSync(root, { recursive: true });
  expect(words).toContain("may not write in its own folder (EACCES");
  expect(words).toContain(`sudo chown -R $(id -u) "${root}`);
  expect(words).not.toMatch(/^\s+at /mu);
  expect(status).toBe(1);
});
