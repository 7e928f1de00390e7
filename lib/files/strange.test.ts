/** File systems that keep fewer promises, mounted for real; each names the program it needs. */

import { chmodSync, mkdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { recover } from "@/lib/files/recover";
import {
  change,
  codeOf,
  isRoot,
  makeTemporaryFolder,
  run,
  tree,
  unwrap,
  works,
} from "@/lib/files/testing/harness";
import { undoTransaction } from "@/lib/files/transactions";
import type { FileChange } from "@/lib/files/types";

let base: string;
let root: string;
let config: string;
let env: string;
let unmount: () => void;

beforeEach(() => {
  base = makeTemporaryFolder();
  root = join(base, "state");
  mkdirSync(root, { mode: 0o700 });
  config = join(root, "openclaw.json");
  env = join(root, ".env");
  unmount = () => {};
});

afterEach(() => {
  unmount();
  rmSync(base, { recursive: true, force: true });
});

const apply = (changes: FileChange[]) =>
  applyTransaction(changes, { root, allowedRoots: [], label: "test" });

function mounted(program: string, ...args: string[]): void {
  run(program, ...args, root);
  unmount = () => run("umount", "-l", root);
}

/** A server that denies what is asked for by these names, as a network's may. */
function mountSshfs(denied: string): void {
  const far = join(base, "far");
  mkdirSync(far, { mode: 0o700 });
  const ssh = join(base, "ssh");
  writeFileSync(ssh, `#!/bin/sh\nexec ${SFTP} ${denied === "" ? "" : `-P ${denied}`}\n`);
  chmodSync(ssh, 0o755);
  mounted("sshfs", "-o", `ssh_command=${ssh},dir_cache=no`, `far:${far}`);
}

const SFTP = "/usr/lib/openssh/sftp-server";
const has = (...programs: string[]) =>
  isRoot && programs.every((program) => works("sh", "-c", `command -v ${program}`));

/** Writes, writes again, and takes that back: all of it, with nothing left over. */
async function keepsItsPromises(mode: string): Promise<void> {
  writeFileSync(config, "old", { mode: 0o600 });
  unwrap(await apply([change(env, null, "K=1"), change(config, "old", "new")]));
  const first = { ".env": `${mode} K=1`, "openclaw.json": `${mode} new` };
  expect(tree(root)).toEqual(first);
  const second = unwrap(await apply([change(env, "K=1", null), change(config, "new", "newer")]));
  expect(tree(root)).toEqual({ "openclaw.json": `${mode} newer` });
  expect(codeOf(await apply([change(config, "new", "x")]))).toBe("changed-since-preview");
  unwrap(await undoTransaction(root, second.id));
  expect(tree(root)).toEqual(first);
}

describe.skipIf(!has("sshfs", SFTP))("a network file system (needs sshfs, sftp-server)", () => {
  it.each(["", "hardlink", "fsync"])("works on a server without %j", async (denied) => {
    mountSshfs(denied);
    await keepsItsPromises("600");
  });

  it.each(["posix-rename", "posix-rename,hardlink,fsync"])(
    "changes nothing on a server without %j: no file can be replaced there",
    async (denied) => {
      mountSshfs(denied);
      writeFileSync(config, "old", { mode: 0o600 });
      const changes = [change(env, null, "K=1"), change(config, "old", "new")];
      expect(codeOf(await apply(changes))).toBe("not-writable");
      expect(tree(root)).toEqual({ "openclaw.json": "600 old" });
      expect(unwrap(await recover(root))).toEqual({ finished: [], rolledBack: [], leftAlone: [] });
    },
  );
});

it.skipIf(!has("mergerfs"))(
  "works on a union of folders whose files lie on either (needs mergerfs)",
  async () => {
    for (const branch of ["one", "two"]) mkdirSync(join(base, branch), { mode: 0o700 });
    const branches = `${join(base, "one")}:${join(base, "two")}`;
    mounted("mergerfs", "-o", "category.create=rand", branches);
    await keepsItsPromises("600");
  },
);

it.skipIf(!has("mkfs.exfat", "mount.exfat-fuse", "losetup"))(
  "works without owners, modes and hard links, as on a memory stick (needs exfat-fuse)",
  async () => {
    const image = join(base, "image");
    writeFileSync(image, "");
    truncateSync(image, 16 * 1024 * 1024);
    run("mkfs.exfat", image);
    const device = run("losetup", "-f", "--show", image).trim();
    mounted("mount.exfat-fuse", "-o", "umask=077", device);
    const folder = root;
    unmount = () => {
      run("umount", folder);
      run("losetup", "-d", device);
    };
    await keepsItsPromises("700");
  },
);

it.skipIf(!has("mkfs.btrfs", "btrfs", "losetup"))(
  "takes everything back at the end of a quota (needs btrfs)",
  async () => {
    const image = join(base, "image");
    writeFileSync(image, "");
    truncateSync(image, 128 * 1024 * 1024);
    run("mkfs.btrfs", "-q", "-M", image);
    const volume = root;
    mounted("mount", "-o", "loop", image);
    unmount = () => run("umount", "-l", volume);
    run("btrfs", "quota", "enable", volume);
    root = join(volume, "limited");
    run("btrfs", "subvolume", "create", root);
    run("btrfs", "qgroup", "limit", "256K", root);
    chmodSync(root, 0o700);
    [config, env] = [join(root, "openclaw.json"), join(root, ".env")];
    writeFileSync(config, "old", { mode: 0o600 });
    const codes: string[] = [];
    for (const kilobytes of [250, 225, 200, 100]) {
      const large = "x".repeat(kilobytes * 1024);
      codes.push(codeOf(await apply([change(env, null, "K=1"), change(config, "old", large)])));
      expect(Object.values(tree(root))).toEqual(
        codes.at(-1) === "ok" ? ["600 K=1", `600 ${large}`] : ["600 old"],
      );
      expect(codeOf(await recover(root))).toBe("ok");
    }
    expect(codes).toEqual(["quota", "quota", "quota", "ok"]);
  },
);
