/** A transaction with a file of each kind, run under a tracer that strikes at a chosen system call. */

import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { recover } from "@/lib/files/recover";
import {
  change,
  codeOf,
  makeTemporaryFolder,
  tree,
  unwrap,
  works,
} from "@/lib/files/testing/harness";
import type { WireChange } from "@/lib/files/testing/worker";
import { undoTransaction } from "@/lib/files/transactions";
import { NOTHING_RECOVERED } from "@/lib/files/types";

export const canTrace = works("strace", "-f", "-qq", "-o", "/dev/null", "true");

/** Every system call that changes the disk, with its names on the processors there are. */
export const calls = {
  rename: "?rename,?renameat,?renameat2",
  link: "?link,?linkat",
  unlink: "?unlink,?unlinkat",
  mkdir: "?mkdir,?mkdirat",
  rmdir: "?rmdir",
  fsync: "fsync",
  fchmod: "fchmod",
} as const;

export type Call = keyof typeof calls;

/** Runs `order` with `effect` upon its `when`-th `call`. One thread, so that the count is one count. */
export function under(call: Call, effect: string, when: string): string[] {
  const names = calls[call];
  return [
    ...["env", "UV_THREADPOOL_SIZE=1", "strace", "-f", "-qq", "-o", "/dev/null"],
    ...["-e", `trace=${names}`, "-e", `inject=${names}:${effect}:when=${when}`],
  ];
}

/** Old files of each kind in a fresh state directory, and the changes that make the new ones. */
export function scene(): { root: string; changes: WireChange[]; remove(): void } {
  const base = makeTemporaryFolder();
  const root = join(base, "state");
  mkdirSync(root, { mode: 0o700 });
  writeFileSync(join(root, "openclaw.json"), "{old}");
  writeFileSync(join(root, "retired"), "secret", { mode: 0o640 });
  chmodSync(join(root, "openclaw.json"), 0o644);
  const changes = [
    { path: join(root, "openclaw.json"), before: "{old}", after: "{new and longer}" },
    { path: join(root, ".env"), before: null, after: "KEY=1\n" },
    { path: join(root, "retired"), before: "secret", after: null },
    { path: join(root, "agents", "main", "auth.json"), before: null, after: "{}" },
  ];
  return { root, changes, remove: () => rmSync(base, { recursive: true, force: true }) };
}

export const oldTree = { "openclaw.json": "644 {old}", retired: "640 secret" };
export const newTree = {
  ".env": "600 KEY=1\n",
  agents: "700 folder",
  "agents/main": "700 folder",
  "agents/main/auth.json": "600 {}",
  "openclaw.json": "600 {new and longer}",
};

export const shape = (root: string) => {
  const entries = JSON.stringify(tree(root));
  if (entries === JSON.stringify(oldTree)) return "old";
  return entries === JSON.stringify(newTree) ? "new" : entries;
};

/** After a recovery: old or new, nothing of ours left lying about, and the next write works. */
export async function expectWhole(root: string, where: string): Promise<"old" | "new"> {
  unwrap(await recover(root));
  const found = shape(root);
  expect(["old", "new"], where).toContain(found);
  expect(unwrap(await recover(root)), where).toEqual(NOTHING_RECOVERED);
  const next = await applyTransaction([change(join(root, "next"), null, "x")], {
    root,
    label: "next",
  });
  expect(codeOf(next), where).toBe("ok");
  const transactions = join(root, ".openclaw-setup", "transactions");
  for (const id of readdirSync(transactions))
    expect(readdirSync(join(transactions, id)), where).toContain("done.json");
  unwrap(await undoTransaction(root, unwrap(next).id));
  expect(shape(root), where).toBe(found);
  return found as "old" | "new";
}
