/** What others may do in the middle of a transaction, or between a crash and the recovery. */

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { recover } from "@/lib/files/recover";
import {
  buildWorker,
  change,
  codeOf,
  ended,
  startWorker,
  tree,
  unwrap,
  type Worker,
} from "@/lib/files/testing/harness";
import {
  canTrace,
  expectWhole,
  newTree,
  oldTree,
  scene,
  shape,
  under,
} from "@/lib/files/testing/steps";
import { seal } from "@/lib/files/transaction/seal";

let worker: Worker;

beforeAll(async () => {
  worker = await buildWorker();
});

afterAll(() => worker.remove());

const turn = () => new Promise((resolve) => setImmediate(resolve));

function letGo(pid: number): void {
  try {
    process.kill(pid, "SIGCONT");
  } catch {
    // It has ended.
  }
}

describe.skipIf(!canTrace)("while it writes (needs strace and the right to trace)", () => {
  // Stopped right after the first target's rename, which is thus already new.
  it.each([
    ["edits a file that was to be replaced", "retired", "edited", "new secret"],
    ["edits a file that was to be removed", "retired", "edited", null],
    ["creates a file that was to be created", ".env", "THEIRS=1", null],
  ])("another program %s", async (_, name, theirs, retired) => {
    const { root, changes: all, remove } = scene();
    try {
      const changes = all.map((each) =>
        each.before === "secret" ? { ...each, after: retired } : each,
      );
      const line = under("rename", "signal=SIGSTOP", "4");
      const child = startWorker(worker, { do: "apply", root, changes }, { under: line });
      const finished = ended(child);
      const first = join(root, "openclaw.json");
      while (readFileSync(first, "utf8") === "{old}") await turn();
      const tracer = child.pid ?? 0;
      const traced = readFileSync(`/proc/${tracer}/task/${tracer}/children`, "utf8").trim();
      writeFileSync(join(root, name), theirs);
      // Again and again, as the stop may take effect only after the first of them.
      const go = setInterval(() => letGo(Number(traced)), 20);
      const result = JSON.parse((await finished.finally(() => clearInterval(go))).output);
      expect(result).toMatchObject({
        ok: false,
        error: { code: "changed-since-preview", path: join(root, name) },
      });
      const mode = name === "retired" ? "640" : "644";
      expect(tree(root)).toEqual({ ...oldTree, [name]: `${mode} ${theirs}` });
    } finally {
      remove();
    }
  });
});

describe.skipIf(!canTrace)("after a crash (needs strace and the right to trace)", () => {
  /** A commit cut off after its first file. */
  async function cutOff() {
    const it = scene();
    const cut = under("link", "signal=SIGKILL", "1");
    const order = { do: "apply", root: it.root, changes: it.changes } as const;
    await ended(startWorker(worker, order, { under: cut }));
    expect(tree(it.root)["openclaw.json"]).toBe(newTree["openclaw.json"]);
    expect(tree(it.root)["retired"]).toBe(oldTree.retired);
    return it;
  }

  it.each([
    ["gone", (path: string) => rmSync(path)],
    ["damaged", (path: string) => writeFileSync(path, "torn")],
  ])("a prepared file that is %s makes it go back", async (_, damage) => {
    const { root, remove } = await cutOff();
    try {
      const prepared = readdirSync(root).find((name) => name.endsWith("-1.tmp")) ?? "";
      damage(join(root, prepared));
      expect(unwrap(await recover(root)).rolledBack.length).toBe(1);
      expect(await expectWhole(root, "")).toBe("old");
    } finally {
      remove();
    }
  });

  it("a finished file that was edited since stays edited, and the rest is finished", async () => {
    const { root, remove } = await cutOff();
    try {
      writeFileSync(join(root, "openclaw.json"), "{edited}");
      expect(unwrap(await recover(root)).finished.length).toBe(1);
      expect(tree(root)).toEqual({ ...newTree, "openclaw.json": "600 {edited}" });
    } finally {
      remove();
    }
  });

  it("a waiting file that was edited stays edited, and the rest goes back", async () => {
    const { root, remove } = await cutOff();
    try {
      writeFileSync(join(root, "retired"), "edited");
      const report = unwrap(await recover(root));
      expect(report).toMatchObject({ finished: [], leftAlone: [join(root, "retired")] });
      expect(report.rolledBack.length).toBe(1);
      expect(tree(root)).toEqual({ ...oldTree, retired: "640 edited" });
    } finally {
      remove();
    }
  });

  it("a copy and a moved state directory recover by themselves", async () => {
    const { root, remove } = await cutOff();
    try {
      const half = tree(root);
      // Not cpSync: on Node 24 it gives folders the modes of new ones.
      execFileSync("cp", ["-a", root, `${root}-copy`]);
      expect(await expectWhole(`${root}-copy`, "copy")).toBe("new");
      expect(tree(root)).toEqual(half);
      renameSync(root, `${root}-moved`);
      expect(await expectWhole(`${root}-moved`, "moved")).toBe("new");
    } finally {
      remove();
    }
  });

  it("a write recovers first, and is then compared with what that left", async () => {
    const { root, changes, remove } = await cutOff();
    try {
      const again = changes.map((each) => change(each.path, each.before, each.after));
      const result = await applyTransaction(again, { root, label: "test" });
      expect(codeOf(result)).toBe("changed-since-preview");
      expect(shape(root)).toBe("new");
    } finally {
      remove();
    }
  });

  /** Cut off at one of the renames; the record of the transaction under the name it had while it was written. */
  async function cutOffEarly(rename: string) {
    const it = scene();
    const cut = under("rename", "signal=SIGKILL", rename);
    const order = { do: "apply", root: it.root, changes: it.changes } as const;
    await ended(startWorker(worker, order, { under: cut }));
    const transactions = join(it.root, ".openclaw-setup", "transactions");
    const directory = join(transactions, readdirSync(transactions)[0] ?? "");
    return { ...it, directory, record: join(directory, "prepare.json.part") };
  }

  it("a record whose name the power cut took back still tells of the temporary files", async () => {
    // The third rename would have been the commit.
    const { root, directory, record, remove } = await cutOffEarly("3");
    try {
      const temporaries = () => readdirSync(root).filter((name) => name.endsWith(".tmp"));
      expect(temporaries().length).toBeGreaterThan(1);
      renameSync(join(directory, "prepare.json"), record);
      expect(unwrap(await recover(root)).rolledBack.length).toBe(1);
      expect(temporaries()).toEqual([]);
      expect(await expectWhole(root, "")).toBe("old");
    } finally {
      remove();
    }
  });

  it.each([0, 1, 100, -2])("a record torn after %d bytes stops nothing", async (length) => {
    const { root, record, remove } = await cutOffEarly("2");
    try {
      const whole = readFileSync(record);
      writeFileSync(record, whole.subarray(0, length < 0 ? whole.length + length : length));
      expect(unwrap(await recover(root)).rolledBack).toEqual([]);
      expect(await expectWhole(root, "")).toBe("old");
    } finally {
      remove();
    }
  });

  it("a journal that cannot be read stops every write and touches nothing", async () => {
    const { root, remove } = await cutOff();
    try {
      const transactions = join(root, ".openclaw-setup", "transactions");
      writeFileSync(join(transactions, readdirSync(transactions)[0] ?? "", "commit.json"), "{");
      const before = tree(root);
      expect(codeOf(await recover(root))).toBe("recovery-needed");
      const other = [change(join(root, "other"), null, "x")];
      const result = await applyTransaction(other, { root, label: "test" });
      expect(codeOf(result)).toBe("recovery-needed");
      expect(tree(root)).toEqual(before);
    } finally {
      remove();
    }
  });

  it("a journal that names a file beyond its own is not believed", async () => {
    const { root, remove } = await cutOff();
    try {
      const victim = join(root, "victim");
      writeFileSync(victim, "precious");
      const transactions = join(root, ".openclaw-setup", "transactions");
      const path = join(transactions, readdirSync(transactions)[0] ?? "", "commit.json");
      const { record: journal } = JSON.parse(readFileSync(path, "utf8"));
      journal.files[0].temporary = victim;
      writeFileSync(path, seal(journal));
      expect(codeOf(await recover(root))).toBe("recovery-needed");
      expect(readFileSync(victim, "utf8")).toBe("precious");
    } finally {
      remove();
    }
  });
});
