/** Faults of the system, made for real; each says what right it needs and is skipped without it. */

import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { recover } from "@/lib/files/recover";
import {
  buildWorker,
  change,
  codeOf,
  isRoot,
  makeTemporaryFolder,
  run,
  runWorker,
  tree,
  unwrap,
  type Worker,
  works,
} from "@/lib/files/testing/harness";
import { undoTransaction } from "@/lib/files/transactions";
import type { FileChange } from "@/lib/files/types";

const OTHER = 12345;
const GROUP = 54321;

/** Tries a right in a scratch folder. */
function can(attempt: (folder: string) => boolean): boolean {
  const folder = makeTemporaryFolder();
  try {
    return attempt(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const canMount = can((folder) => {
  const mounted = works("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder);
  if (mounted) run("umount", folder);
  return mounted;
});

const canMark = can((folder) => {
  const marked = works("chattr", "+i", folder);
  if (marked) run("chattr", "-i", folder);
  return marked;
});

let worker: Worker;
let base: string;
let root: string;
let config: string;
let env: string;
let cleanup: Array<() => void> = [];

beforeAll(async () => {
  worker = await buildWorker();
});

afterAll(() => worker.remove());

beforeEach(() => {
  base = makeTemporaryFolder();
  chmodSync(base, 0o755);
  root = join(base, "state");
  mkdirSync(root, { mode: 0o700 });
  config = join(root, "openclaw.json");
  env = join(root, ".env");
});

afterEach(() => {
  for (const step of cleanup.reverse()) step();
  cleanup = [];
  rmSync(base, { recursive: true, force: true });
});

const apply = (changes: FileChange[], allowedRoots: string[] = []) =>
  applyTransaction(changes, { root, allowedRoots, label: "test" });

async function refusal(changes: FileChange[], allowedRoots: string[] = []): Promise<string> {
  const before = tree(base);
  const code = codeOf(await apply(changes, allowedRoots));
  const after = tree(base);
  for (const name of Object.keys(after))
    if (name.startsWith("state/.openclaw-setup")) delete after[name];
  for (const name of Object.keys(before))
    if (name.startsWith("state/.openclaw-setup")) delete before[name];
  expect(after).toEqual(before);
  return code;
}

function mark(flag: string, path: string): void {
  run("chattr", `+${flag}`, path);
  cleanup.push(() => run("chattr", `-${flag}`, path));
}

function mount(folder: string, ...options: string[]): void {
  run("mount", ...options, folder);
  cleanup.push(() => run("umount", "-l", folder));
}

const asOther = (changes: Array<{ path: string; before: string | null; after: string | null }>) =>
  runWorker(worker, { do: "apply", root, changes }, { uid: OTHER });

describe.skipIf(!isRoot)("owners (needs the right to change owners)", () => {
  it("refuses a file of another owner, also as administrator", async () => {
    writeFileSync(config, "a");
    chownSync(config, OTHER, OTHER);
    expect(await refusal([change(config, "a", "b")])).toBe("other-owner");
  });

  it("refuses to write as administrator into a user's folder", async () => {
    chownSync(root, OTHER, OTHER);
    expect(await refusal([change(config, null, "b")])).toBe("other-owner");
  });

  it("refuses another user's file, folder and private folder as a user", async () => {
    chownSync(root, OTHER, OTHER);
    writeFileSync(config, "a", { mode: 0o666 });
    chmodSync(config, 0o666);
    const replace = [{ path: config, before: "a", after: "b" }];
    expect(codeOf(await asOther(replace))).toBe("other-owner");
    chownSync(config, OTHER, OTHER);
    mkdirSync(join(root, ".openclaw-setup"), { mode: 0o777 });
    chmodSync(join(root, ".openclaw-setup"), 0o777);
    expect(codeOf(await asOther(replace))).toBe("other-owner");
    rmSync(join(root, ".openclaw-setup"), { recursive: true });
    chownSync(root, OTHER + 1, OTHER + 1);
    chmodSync(root, 0o777);
    expect(codeOf(await asOther(replace))).toBe("other-owner");
  });

  it("refuses what a user may not write or not read", async () => {
    chmodSync(root, 0o755);
    expect(codeOf(await asOther([{ path: config, before: null, after: "b" }]))).toBe(
      "not-writable",
    );
    chmodSync(root, 0o700);
    expect(codeOf(await asOther([{ path: config, before: null, after: "b" }]))).toBe(
      "not-writable",
    );
    expect(readdirSync(root)).toEqual([]);
  });

  it("works in a folder of the administrator that is open to the user (volumes)", async () => {
    chmodSync(root, 0o777);
    expect(codeOf(await asOther([{ path: config, before: null, after: "b" }]))).toBe("ok");
    expect(lstatSync(config)).toMatchObject({ uid: OTHER, gid: OTHER });
  });

  it("keeps the group of a file, in undo too", async () => {
    writeFileSync(config, "a");
    chownSync(config, 0, GROUP);
    chmodSync(config, 0o640);
    const done = unwrap(await apply([change(config, "a", "b", 0o640)]));
    expect(lstatSync(config)).toMatchObject({ gid: GROUP });
    expect(tree(root)).toEqual({ "openclaw.json": "640 b" });
    unwrap(await undoTransaction(root, done.id));
    expect(lstatSync(config)).toMatchObject({ gid: GROUP });
    expect(tree(root)).toEqual({ "openclaw.json": "640 a" });
  });

  it("gives a group's rights to no other group", async () => {
    chownSync(root, OTHER, OTHER);
    writeFileSync(config, "a");
    chownSync(config, OTHER, GROUP);
    chmodSync(config, 0o660);
    const changes = [{ path: config, before: "a", after: "b", mode: 0o660 }];
    expect(codeOf(await asOther(changes))).toBe("ok");
    expect(lstatSync(config)).toMatchObject({ uid: OTHER, gid: OTHER });
    expect(tree(root)).toEqual({ "openclaw.json": "600 b" });
  });
});

describe.skipIf(!canMark)("files marked by the administrator (needs chattr)", () => {
  it("refuses files and folders that cannot be changed", async () => {
    writeFileSync(config, "a");
    mark("i", config);
    expect(await refusal([change(config, "a", "b")])).toBe("not-writable");
    mkdirSync(join(root, "sub"));
    mark("i", join(root, "sub"));
    expect(await refusal([change(join(root, "sub", "x"), null, "b")])).toBe("not-writable");
    expect(await refusal([change(join(root, "sub", "y", "x"), null, "b")])).toBe("not-writable");
  });

  it("takes everything back when it fails in the middle", async () => {
    // Only the rename itself fails on a file that may merely grow.
    writeFileSync(config, "{old}");
    chmodSync(config, 0o640);
    chownSync(config, 0, GROUP);
    writeFileSync(join(root, "retired"), "secret", { mode: 0o600 });
    const log = join(root, "log");
    writeFileSync(log, "1", { mode: 0o600 });
    mark("a", log);
    const changes = [
      change(config, "{old}", "{new}"),
      change(env, null, "K=1"),
      change(join(root, "retired"), "secret", null),
      change(join(root, "new", "folder", "file"), null, "x"),
      change(log, "1", "2"),
      change(join(root, "later"), null, "x"),
    ];
    expect(await refusal(changes)).toBe("not-writable");
    expect(lstatSync(config)).toMatchObject({ gid: GROUP });
    expect(readdirSync(join(root, ".openclaw-setup", "transactions"))).toEqual([]);
    expect(unwrap(await recover(root)).rolledBack).toEqual([]);
  });

  it.skipIf(!canMount)("takes back across file systems too (needs mount)", async () => {
    const other = join(base, "other");
    mkdirSync(other);
    mount(other, "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs");
    const far = join(other, "config");
    writeFileSync(far, "{old}");
    chmodSync(far, 0o644);
    writeFileSync(config, "1", { mode: 0o600 });
    mark("a", config);
    const changes = [change(far, "{old}", "{new}"), change(config, "1", "2")];
    expect(await refusal(changes, [other])).toBe("not-writable");
    run("chattr", "-a", config);
    const done = unwrap(await apply(changes, [other]));
    expect(tree(other)).toEqual({ config: "600 {new}" });
    unwrap(await undoTransaction(root, done.id, [other]));
    expect(tree(other)).toEqual({ config: "644 {old}" });
  });
});

describe.skipIf(!canMount)("file systems (needs mount)", () => {
  it("refuses a file system that is mounted read-only", async () => {
    writeFileSync(config, "a");
    mount(root, "--bind", root);
    run("mount", "-o", "remount,bind,ro", root);
    for (const changes of [[change(config, "a", "b")], [change(env, null, "b")], []])
      expect(await refusal(changes)).toBe("read-only-file-system");
    expect(codeOf(await undoTransaction(root, "x"))).toBe("unknown-transaction");
    expect(codeOf(await recover(root))).toBe("ok");
  });

  it("refuses when only another folder is read-only", async () => {
    const other = join(base, "other");
    mkdirSync(other);
    mount(other, "-t", "tmpfs", "-o", "size=64k,ro", "tmpfs");
    const changes = [change(env, null, "K"), change(join(other, "x"), null, "y")];
    expect(await refusal(changes, [other])).toBe("read-only-file-system");
  });

  it("refuses a single file mounted into a container", async () => {
    writeFileSync(config, "a");
    const real = join(base, "real file");
    writeFileSync(real, "a");
    mount(config, "--bind", real);
    expect(await refusal([change(env, null, "K"), change(config, "a", "b")])).toBe("mount-point");
    const strange = join(root, "with blank\tand tab");
    writeFileSync(strange, "a");
    mount(strange, "--bind", real);
    expect(await refusal([change(strange, "a", "b")])).toBe("mount-point");
  });

  it("leaves everything as it was whenever the disk is full, at every stage", async () => {
    mount(root, "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs");
    writeFileSync(config, "x".repeat(9000), { mode: 0o600 });
    const changes = [
      change(config, "x".repeat(9000), "y".repeat(12_000)),
      change(env, null, "K=1"),
    ];
    const codes: Record<string, number> = {};
    // One page less of room each time; the last rounds have none at all.
    for (let free = 20; free >= 0; free -= 1) {
      const filler = join(root, "filler");
      fill(filler, free);
      const code = codeOf(await apply(changes));
      codes[code] = (codes[code] ?? 0) + 1;
      rmSync(filler, { force: true });
      const entries = tree(root);
      if (code !== "ok") {
        expect(code).toBe("disk-full");
        expect(entries).toEqual({ "openclaw.json": `600 ${"x".repeat(9000)}` });
        continue;
      }
      expect(entries).toEqual({ ".env": "600 K=1", "openclaw.json": `600 ${"y".repeat(12_000)}` });
      rmSync(join(root, ".openclaw-setup"), { recursive: true });
      rmSync(env);
      writeFileSync(config, "x".repeat(9000));
    }
    expect(codes["ok"]).toBeGreaterThan(0);
    expect(codes["disk-full"]).toBeGreaterThan(8);
    // With room again, the next write works at once: no stale lock, no leftover.
    expect(codeOf(await apply(changes))).toBe("ok");
    process.stdout.write(`full disk: ${JSON.stringify(codes)}\n`);
  });

  it("leaves everything as it was when there are no more inodes, at every stage", async () => {
    const codes: Record<string, number> = {};
    for (let inodes = 3; inodes < 24; inodes += 1) {
      mount(root, "-t", "tmpfs", "-o", `nr_inodes=${inodes},mode=700`, "tmpfs");
      writeFileSync(config, "old", { mode: 0o600 });
      const code = codeOf(
        await apply([change(config, "old", "new"), change(join(root, "a", "b"), null, "x")]),
      );
      codes[code] = (codes[code] ?? 0) + 1;
      const expected: Record<string, string> =
        code === "ok"
          ? { a: "700 folder", "a/b": "600 x", "openclaw.json": "600 new" }
          : { "openclaw.json": "600 old" };
      expect(tree(root), `${inodes} inodes`).toEqual(expected);
      cleanup.pop()?.();
    }
    expect(Object.keys(codes).sort()).toEqual(["disk-full", "ok"]);
    process.stdout.write(`no inodes: ${JSON.stringify(codes)}\n`);
  });
});

const canLimit = works("prlimit", "--version");
const applied = (under: readonly string[], after: string) =>
  runWorker(
    worker,
    {
      do: "apply",
      root,
      changes: [
        { path: config, before: "a", after },
        { path: env, before: null, after: "K=1" },
      ],
    },
    { under },
  );

describe("limits", () => {
  it.skipIf(!canLimit)(
    "takes everything back at the largest file one may write (needs prlimit)",
    async () => {
      writeFileSync(config, "a", { mode: 0o600 });
      const large = "x".repeat(64 * 1024);
      expect(codeOf(await applied(["prlimit", "--fsize=16384"], large))).toBe("too-large");
      expect(tree(root)).toEqual({ "openclaw.json": "600 a" });
      expect(codeOf(await applied([], large))).toBe("ok");
    },
  );
});

/** Fills the file system that `path` is on, but for `pages` pages of 4 KiB. */
function fill(path: string, pages: number): void {
  writeFileSync(path, "");
  const free = Number(run("stat", "-f", "-c", "%a", join(path, "..")).trim());
  if (free > pages) writeFileSync(path, Buffer.alloc((free - pages) * 4096));
}
