import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { ensurePrivateDirectory, type Place, placeAt } from "@/lib/files/place";
import { Refused } from "@/lib/files/refused";
import {
  buildWorker,
  change,
  codeOf,
  ended,
  makeTemporaryFolder,
  startWorker,
  tree,
  type Worker,
} from "@/lib/files/testing/harness";
import { acquireLock } from "@/lib/files/transaction/lock";
import { identifySelf, type ProcessIdentity } from "@/lib/system/process-identity";

let worker: Worker;
let base: string;
let root: string;
let place: Place;
const children: ChildProcess[] = [];

beforeAll(async () => {
  worker = await buildWorker();
});

afterAll(() => worker.remove());

beforeEach(async () => {
  base = makeTemporaryFolder();
  root = join(base, "state");
  mkdirSync(root, { mode: 0o700 });
  place = placeAt(root);
  await ensurePrivateDirectory(place);
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(base, { recursive: true, force: true });
});

const write = () =>
  applyTransaction([change(join(root, "file"), null, "x")], { root, label: "test" });

/** A lock as another process would have left it. */
function leaveLock(holder: object | string, name = "hold-1"): string {
  const hold = join(place.locks, name);
  mkdirSync(hold, { mode: 0o700 });
  const path = join(hold, "holder.json");
  writeFileSync(path, typeof holder === "string" ? holder : JSON.stringify(holder));
  return path;
}

/** A process that runs until the end of the test, and its identity. */
async function living(): Promise<ProcessIdentity> {
  const child = spawn(process.execPath, ["-e", "process.stdin.resume(); console.log('up')"]);
  children.push(child);
  await once(child.stdout, "data");
  const pid = child.pid ?? 0;
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const started = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  return { ...identifySelf(), pid, started };
}

/** The identity of a process that has ended. */
async function dead(): Promise<ProcessIdentity> {
  const identity = await living();
  const child = children.at(-1);
  child?.kill("SIGKILL");
  if (child) await once(child, "close");
  return identity;
}

const withProc = process.platform === "linux";

describe("the lock", () => {
  it("is held by one and free again after release", () => {
    const lock = acquireLock(place);
    expect(() => acquireLock(place)).toThrow(Refused);
    expect(lock.isHeld()).toBe(true);
    lock.release();
    acquireLock(place).release();
  });

  it("leaves only a few traces, however often it is taken", () => {
    for (let count = 0; count < 20; count += 1) acquireLock(place).release();
    expect(readdirSync(place.locks).length).toBeLessThanOrEqual(3);
  });

  it("notices that it was taken over", async () => {
    const lock = acquireLock(place);
    leaveLock(await dead(), "hold-2");
    expect(lock.isHeld()).toBe(false);
  });

  it.skipIf(!withProc)("refuses while a living process holds it, and says which", async () => {
    const holder = await living();
    leaveLock(holder);
    const result = await write();
    expect(result).toMatchObject({ ok: false, error: { code: "locked" } });
    expect(result.ok ? "" : result.error.detail).toContain(String(holder.pid));
    expect(tree(root)).toEqual({});
  });

  it.skipIf(!withProc)("takes over from a dead process", async () => {
    leaveLock(await dead());
    expect(codeOf(await write())).toBe("ok");
  });

  it.skipIf(!withProc)("takes over when the number now belongs to a later process", async () => {
    leaveLock({ ...(await living()), started: "1" });
    expect(codeOf(await write())).toBe("ok");
  });

  it.skipIf(!withProc)(
    "takes over from a process that is dead but not yet waited for",
    async () => {
      const parent = spawn("sh", ["-c", "sleep 0.2 & echo $!; exec sleep 600"]);
      children.push(parent);
      const [line] = await once(parent.stdout, "data");
      const pid = Number(String(line).trim());
      const stat = () => readFileSync(`/proc/${pid}/stat`, "utf8");
      while (!stat().includes(") Z ")) await new Promise((resolve) => setImmediate(resolve));
      const started =
        stat()
          .slice(stat().lastIndexOf(")") + 2)
          .split(" ")[19] ?? null;
      leaveLock({ ...identifySelf(), pid, started });
      expect(codeOf(await write())).toBe("ok");
    },
  );

  it("takes over after a restart of the machine", async () => {
    leaveLock({ ...identifySelf(), boot: "an earlier one" });
    expect(codeOf(await write())).toBe("ok");
  });

  it("believes another container for ten minutes", async () => {
    const path = leaveLock({ ...identifySelf(), namespace: "pid:[1]" });
    expect(codeOf(await write())).toBe("locked");
    const old = Date.now() / 1000 - 11 * 60;
    utimesSync(path, old, old);
    expect(codeOf(await write())).toBe("ok");
  });

  it("believes no mark of another container that was left in the future", async () => {
    const path = leaveLock({ ...identifySelf(), namespace: "pid:[1]" });
    const later = Date.now() / 1000 + 365 * 86_400;
    utimesSync(path, later, later);
    expect(codeOf(await write())).toBe("ok");
  });

  it.each([-2 * 86_400, -11 * 60, 0, 365 * 86_400])(
    "never takes another machine for gone by a time: %d s",
    async (seconds) => {
      const path = leaveLock({ ...identifySelf(), host: "elsewhere" });
      const time = Date.now() / 1000 + seconds;
      utimesSync(path, time, time);
      const result = await write();
      expect(result).toMatchObject({ ok: false, error: { code: "locked" } });
      expect(result.ok ? "" : result.error.detail).toContain("another machine");
      expect(tree(root)).toEqual({});
    },
  );

  it.each([
    ["a fifo", (path: string) => void execFileSync("mkfifo", [path])],
    ["a file", (path: string) => writeFileSync(path, "x")],
    ["a link", (path: string) => symlinkSync(base, path)],
    ["empty", (path: string) => mkdirSync(path)],
  ])("takes over what is no mark but %s", async (_, make) => {
    make(join(place.locks, "hold-1"));
    expect(codeOf(await write())).toBe("ok");
  });

  it("waits on no fifo in a mark's place, and names a number that leaves none after it", async () => {
    mkdirSync(join(place.locks, "hold-1"));
    execFileSync("mkfifo", [join(place.locks, "hold-1", "holder.json")]);
    expect(codeOf(await write())).toBe("ok");
    mkdirSync(join(place.locks, "hold-999999999999999"));
    const next = change(join(root, "next"), null, "x");
    expect(codeOf(await applyTransaction([next], { root, label: "test" }))).toBe("recovery-needed");
  });

  it.each([
    ["torn", "{"],
    ["empty", ""],
    ["of another make", '{"pid":"x"}'],
  ])("takes over a mark that is %s, as after a power cut", async (_, text) => {
    leaveLock(text);
    expect(codeOf(await write())).toBe("ok");
  });

  it("clears what contenders left that died", async () => {
    const left = leaveLock(await dead(), "next-123-0123456789ab");
    expect(codeOf(await write())).toBe("ok");
    expect(() => readFileSync(left)).toThrow("ENOENT");
  });

  it("refuses two writes at once in one process", async () => {
    const results = await Promise.all([write(), write(), write()]);
    const codes = results.map(codeOf);
    expect(codes.filter((code) => code === "ok").length).toBe(1);
    for (const code of codes) expect(["ok", "locked", "changed-since-preview"]).toContain(code);
  });
});

describe("several processes at once", () => {
  it.each([
    ["with a free lock", false],
    ["with the lock of a dead process", true],
  ])("%s: exactly one writes", { timeout: 60_000 }, async (_, stale) => {
    const holder = await dead();
    for (let round = 0; round < 4; round += 1) {
      const path = join(root, `file-${round}`);
      rmSync(place.locks, { recursive: true });
      mkdirSync(place.locks, { mode: 0o700 });
      if (stale) leaveLock(holder);
      const started = Array.from({ length: 5 }, (_each, index) => {
        const changes = [{ path, before: null, after: `written by ${index}` }];
        const child = startWorker(worker, { do: "apply", root, changes, wait: true });
        return { child, end: ended(child), up: once(child.stdout ?? child, "data") };
      });
      await Promise.all(started.map(({ up }) => up));
      for (const { child } of started) child.stdin?.write("go\n");
      const outputs = await Promise.all(started.map(({ end }) => end));
      const results = outputs.map(({ output }) => JSON.parse(output.trim().split("\n")[1] ?? ""));
      const winners = results.flatMap((result, index) => (result.ok ? [index] : []));
      expect(winners.length).toBe(1);
      for (const result of results)
        if (!result.ok) expect(["locked", "changed-since-preview"]).toContain(result.error.code);
      expect(readFileSync(path, "utf8")).toBe(`written by ${winners[0]}`);
    }
  });
});

it("a private folder that others could read is closed", async () => {
  chmodSync(place.privateDirectory, 0o777);
  chmodSync(place.locks, 0o777);
  expect(codeOf(await write())).toBe("ok");
  const modes = tree(place.root.replace(/\/state$/, ""));
  expect(modes["state/.openclaw-setup"]).toBe("700 folder");
  expect(modes["state/.openclaw-setup/lock"]).toBe("700 folder");
});
