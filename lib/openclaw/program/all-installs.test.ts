import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { otherInstalls } from "@/lib/openclaw/program/all-installs";
import { detectOpenClaw } from "@/lib/openclaw/program/detect";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "installs-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** As npm installs it: a package in a library, and a link to it among the commands. */
function install(prefix: string, version: string): void {
  const dir = path.join(root, prefix, "lib/node_modules/openclaw");
  mkdirSync(dir, { recursive: true });
  const about = { name: "openclaw", version, bin: { openclaw: "openclaw.mjs" } };
  writeFileSync(path.join(dir, "package.json"), JSON.stringify(about));
  writeFileSync(path.join(dir, "openclaw.mjs"), "#!/usr/bin/env node\n", { mode: 0o755 });
  mkdirSync(path.join(root, prefix, "bin"), { recursive: true });
  symlinkSync(path.join(dir, "openclaw.mjs"), path.join(root, prefix, "bin/openclaw"));
}

async function found(dirs: readonly string[], env: Record<string, string> = {}) {
  const all = { PATH: dirs.map((dir) => path.join(root, dir, "bin")).join(":"), ...env };
  const options = { platform: "linux", homedir: path.join(root, "home"), root } as const;
  const detection = await detectOpenClaw(all, options);
  if (detection.state !== "found") throw new Error(detection.state);
  const others = await otherInstalls(all, options, detection.installed);
  return { used: detection.installed.version, others: others.map(({ version }) => version) };
}

it("names what is further back on the PATH, in its order", async () => {
  install("a", "2026.2.9");
  install("b", "2026.9.6");
  install("c", "2026.7.1");
  const all = { used: "2026.2.9", others: ["2026.9.6", "2026.7.1"] };
  expect(await found(["a", "b", "c"])).toEqual(all);
});

it("names what lies in a usual directory off the PATH", async () => {
  install("a", "2026.7.1");
  install("home/.npm-global", "2026.9.6");
  expect(await found(["a"])).toEqual({ used: "2026.7.1", others: ["2026.9.6"] });
});

it("takes two names for one package as one, and names none where there is one", async () => {
  install("a", "2026.9.6");
  mkdirSync(path.join(root, "b/bin"), { recursive: true });
  symlinkSync(path.join(root, "a/bin/openclaw"), path.join(root, "b/bin/openclaw"));
  expect(await found(["a", "b", "a"])).toEqual({ used: "2026.9.6", others: [] });
});

it("names what the PATH has beside the one that OPENCLAW_BIN asks for", async () => {
  install("a", "2026.2.9");
  install("b", "2026.9.6");
  const OPENCLAW_BIN = path.join(root, "b/bin/openclaw");
  expect(await found(["a"], { OPENCLAW_BIN })).toEqual({ used: "2026.9.6", others: ["2026.2.9"] });
});
