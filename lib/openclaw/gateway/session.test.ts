import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { recover } from "@/lib/files/recover";
import type { Runner } from "@/lib/openclaw/command/run";
import { environmentOf } from "@/lib/openclaw/gateway/environment-of";
import {
  isAlive,
  logOf,
  ownGateway,
  startOwnGateway,
  stopOwnGateway,
} from "@/lib/openclaw/gateway/session";
import { identify } from "@/lib/system/process-identity";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function directory(): string {
  const dir = mkdtempSync(join(tmpdir(), "session-"));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A program in the place of OpenClaw that prints what it was told, and goes on. */
function runner(dir: string): Runner {
  const script = join(dir, "openclaw.mjs");
  writeFileSync(
    script,
    'console.log(process.argv.slice(2).join(" "), process.env.MARK ?? "no mark"); setInterval(() => {}, 1000);',
  );
  return {
    installed: { entry: { kind: "script", path: script } },
    node: { path: process.execPath },
    location: { profile: "work", variables: {} },
    env: { PATH: process.env["PATH"], HOME: dir },
  };
}

async function printed(own: { readonly log: string }): Promise<string> {
  await expect.poll(() => logOf(own), { timeout: 20_000 }).toContain("\n");
  return logOf(own).trim();
}

it.runIf(process.platform === "linux")(
  "starts in a session of its own, is known again by its note, and ends with all it left",
  async () => {
    const dir = directory();
    const own = startOwnGateway(runner(dir), dir, dir);
    cleanups.push(() => stopOwnGateway(own));
    expect(await printed(own)).toBe("--profile work gateway run no mark");
    expect(statSync(own.log).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, ".openclaw-setup/gateway")).mode & 0o777).toBe(0o700);
    expect(ownGateway(dir)?.process.pid).toBe(own.process.pid);
    // Ending the group of this program would not reach it.
    expect(environmentOf(own.process.pid)?.["HOME"]).toBe(dir);
    expect(await stopOwnGateway(own)).toBe(true);
    expect(isAlive(own)).toBe(false);
    expect(ownGateway(dir)).toBe(null);
    expect(existsSync(join(dir, ".openclaw-setup/gateway"))).toBe(false);
  },
);

it("takes over the environment of one whose place it takes", async () => {
  const dir = directory();
  const before = { PATH: process.env["PATH"] ?? "", HOME: dir, MARK: "as before" };
  const own = startOwnGateway(runner(dir), dir, dir, before);
  cleanups.push(() => stopOwnGateway(own));
  expect(await printed(own)).toBe("--profile work gateway run as before");
});

it("writes nothing through a link, and starts nothing then", () => {
  const [dir, elsewhere] = [directory(), directory()];
  symlinkSync(elsewhere, join(dir, ".openclaw-setup"));
  expect(() => startOwnGateway(runner(dir), dir, dir)).toThrow("is a symbolic link");
  expect(existsSync(join(elsewhere, "gateway"))).toBe(false);
});

it("writes over no file that a link in the place of its own leads to", async () => {
  const dir = directory();
  const [config, login] = [join(dir, "openclaw.json"), join(dir, "login.json")];
  for (const file of [config, login]) writeFileSync(file, "the person's own");
  const folder = join(dir, ".openclaw-setup/gateway");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  symlinkSync(config, join(folder, "started.json"));
  symlinkSync(login, join(folder, "gateway.log"));
  const own = startOwnGateway(runner(dir), dir, dir);
  cleanups.push(() => stopOwnGateway(own));
  await printed(own);
  for (const file of [config, login]) expect(readFileSync(file, "utf8")).toBe("the person's own");
});

it("starts and deletes nothing in a folder that is a link", () => {
  const [dir, elsewhere] = [directory(), directory()];
  mkdirSync(join(dir, ".openclaw-setup"), { mode: 0o700 });
  symlinkSync(elsewhere, join(dir, ".openclaw-setup/gateway"));
  writeFileSync(join(elsewhere, "gateway.log"), "the person's own");
  expect(() => startOwnGateway(runner(dir), dir, dir)).toThrow("is a symbolic link");
  expect(readFileSync(join(elsewhere, "gateway.log"), "utf8")).toBe("the person's own");
});

it.runIf(process.platform === "linux")(
  "believes no note that it did not write, or that was copied from another directory",
  async () => {
    const [dir, copy] = [directory(), directory()];
    const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    cleanups.push(() => other.kill("SIGKILL"));
    await once(other, "spawn");
    const note = join(dir, ".openclaw-setup/gateway/started.json");
    mkdirSync(join(dir, ".openclaw-setup/gateway"), { recursive: true, mode: 0o700 });
    writeFileSync(note, JSON.stringify({ process: identify(other.pid ?? 0) }));
    expect(ownGateway(dir)).toBe(null);
    const own = startOwnGateway(runner(dir), dir, dir);
    cleanups.push(() => stopOwnGateway(own));
    mkdirSync(join(copy, ".openclaw-setup/gateway"), { recursive: true, mode: 0o700 });
    writeFileSync(join(copy, ".openclaw-setup/gateway/started.json"), readFileSync(note));
    expect(ownGateway(dir)).not.toBe(null);
    expect(ownGateway(copy)).toBe(null);
  },
);

it("leaves a folder that the next start knows as its own", async () => {
  const dir = directory();
  const own = startOwnGateway(runner(dir), dir, dir);
  cleanups.push(() => stopOwnGateway(own));
  const mended = await recover(dir, []);
  expect(mended.ok && mended.value.foreign).toEqual([]);
});
