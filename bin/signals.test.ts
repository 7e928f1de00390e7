/** A signal to end is answered from the first line on, whatever the start waits for, and however badly the rest ends. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { buildStampPath, installStampPath, lockHash, sourcesHash } from "./prepare/fingerprint.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** A machine that tests has other work to do. */
const SOON_MS = 10_000;

let root: string;
let started: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "signals-"));
  const own = fileURLToPath(new URL("..", import.meta.url));
  const read = ["i18n/locale-list.mjs", "system/read.mjs", "system/surroundings.mjs"].map(
    (name) => `lib/${name}`,
  );
  for (const name of ["bin", "messages", "package.json", "package-lock.json", ...read])
    cpSync(join(own, name), join(root, name), { recursive: true });
});
afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  const deafOne = existsSync(ready()) ? Number(readFileSync(ready(), "utf8")) : 0;
  if (deafOne > 0) process.kill(deafOne, "SIGKILL");
  started = [];
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
});

/** Comes into being when what keeps the start waiting is reached; holds the process that is deaf to signals. */
const ready = () => join(root, "ready");

function put(name: string, text: string, mode = 0o644): string {
  const path = join(root, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text, { mode });
  return path;
}

/** Writes a line into `ready`, and takes no notice of any signal. */
const deaf = () => `for (const signal of ${JSON.stringify(SIGNALS)}) process.on(signal, () => {});
import("node:fs").then((fs) => fs.writeFileSync(${JSON.stringify(ready())}, String(process.pid)));
setInterval(() => {}, 1000);
`;

function start(before: readonly string[] = [], path = "/usr/bin:/bin") {
  const line = [...before, join(root, "bin", "start.mjs"), "--no-open", "--port", "0"];
  const child = spawn(process.execPath, line, {
    env: { PATH: path, LANG: "C", HOME: root } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  return { child, ended };
}

async function appears(path: string): Promise<void> {
  while (!existsSync(path)) await setTimeout(20);
}

it.each(SIGNALS)("%s, while the disk does not give the program", async (signal) => {
  const hooks = `import { writeFileSync } from "node:fs";
export async function load(url, context, next) {
  if (!url.endsWith("/bin/launch.mjs")) return next(url, context);
  writeFileSync(${JSON.stringify(ready())}, "");
  return new Promise(() => setInterval(() => {}, 1000));
}`;
  const register = `import { register } from "node:module";
register("data:text/javascript,${encodeURIComponent(hooks)}");`;
  const { child, ended } = start([
    "--import",
    `data:text/javascript,${encodeURIComponent(register)}`,
  ]);
  await appears(ready());
  child.kill(signal);
  expect(await Promise.race([ended, setTimeout(SOON_MS)])).toEqual([0, null]);
});

it.each(SIGNALS)("%s, while an npm that does not end installs packages", async (signal) => {
  put("path/npm.mjs", deaf());
  put("path/npm", `#!/bin/sh\nexec "${process.execPath}" "${join(root, "path/npm.mjs")}"\n`, 0o755);
  const { child, ended } = start([], `${join(root, "path")}:/usr/bin:/bin`);
  await appears(ready());
  child.kill(signal);
  expect(await Promise.race([ended, setTimeout(SOON_MS)])).toEqual([0, null]);
});

/** A page is served, and its end never comes. */
function neverEnding(): void {
  // Nothing to install, and nothing to build.
  put("package.json", '{ "type": "module", "version": "1.0.0" }');
  put("node_modules/.package-lock.json", "{}");
  writeFileSync(installStampPath(root), lockHash(root));
  put(".next/BUILD_ID", "x");
  put(
    "dist/server.cjs",
    `exports.startServer = async () => {
  setInterval(() => {}, 1000);
  setTimeout(() => require("node:fs").writeFileSync(${JSON.stringify(ready())}, ""));
  return { url: "", close: () => new Promise(() => {}) };
};`,
  );
  writeFileSync(buildStampPath(root), sourcesHash(root));
}

it("ends at once when asked again", async () => {
  neverEnding();
  const { child, ended } = start();
  await appears(ready());
  child.kill("SIGINT");
  let said = "";
  child.stdout?.on("data", (chunk) => {
    said += chunk;
  });
  // What a terminal sends to npm and to us at the same time is one request.
  child.kill("SIGINT");
  while (!said.includes("Finishing")) await setTimeout(20);
  expect(child.exitCode).toBe(null);
  child.kill("SIGINT");
  expect(await Promise.race([ended, setTimeout(SOON_MS)])).toEqual([0, null]);
});

it("ends by itself when what is under way does not", async () => {
  neverEnding();
  const { child, ended } = start();
  await appears(ready());
  child.kill("SIGTERM");
  expect(await Promise.race([ended, setTimeout(20_000 + SOON_MS)])).toEqual([0, null]);
});
