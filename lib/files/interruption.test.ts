/**
 * Stops or fails the program at the steps of a transaction, one after the other: every third step in
 * an ordinary run, every single one with INTERRUPTIONS=all.
 */

import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { recover } from "@/lib/files/recover";
import {
  buildWorker,
  change,
  codeOf,
  ended,
  makeTemporaryFolder,
  startWorker,
  tree,
  unwrap,
  type Worker,
  works,
} from "@/lib/files/testing/harness";
import type { Order, WireChange } from "@/lib/files/testing/worker";
import { undoTransaction } from "@/lib/files/transactions";

const step = process.env["INTERRUPTIONS"] === "all" ? 1 : 3;

const canTrace = works("strace", "-f", "-qq", "-o", "/dev/null", "true");

/** Every system call that changes the disk, with its names on the processors there are. */
const calls = {
  rename: "?rename,?renameat,?renameat2",
  link: "?link,?linkat",
  unlink: "?unlink,?unlinkat",
  mkdir: "?mkdir,?mkdirat",
  rmdir: "?rmdir",
  fsync: "fsync",
  fchmod: "fchmod",
} as const;

type Call = keyof typeof calls;

/** Runs `order` with `effect` upon its `when`-th `call`. One thread, so that the count is one count. */
function under(call: Call, effect: string, when: string): string[] {
  const names = calls[call];
  return [
    ...["env", "UV_THREADPOOL_SIZE=1", "strace", "-f", "-qq", "-o", "/dev/null"],
    ...["-e", `trace=${names}`, "-e", `inject=${names}:${effect}:when=${when}`],
  ];
}

let worker: Worker;

beforeAll(async () => {
  worker = await buildWorker();
});

afterAll(() => worker.remove());

/** Old files of each kind in a fresh state directory, and the changes that make the new ones. */
function scene(): { root: string; changes: WireChange[]; remove(): void } {
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

const oldTree = { "openclaw.json": "644 {old}", retired: "640 secret" };
const newTree = {
  ".env": "600 KEY=1\n",
  agents: "700 folder",
  "agents/main": "700 folder",
  "agents/main/auth.json": "600 {}",
  "openclaw.json": "600 {new and longer}",
};

const shape = (root: string) => {
  const entries = JSON.stringify(tree(root));
  if (entries === JSON.stringify(oldTree)) return "old";
  return entries === JSON.stringify(newTree) ? "new" : entries;
};

/** After a recovery: old or new, nothing of ours left lying about, and the next write works. */
async function expectWhole(root: string, where: string): Promise<"old" | "new"> {
  unwrap(await recover(root));
  const found = shape(root);
  expect(["old", "new"], where).toContain(found);
  expect(unwrap(await recover(root)), where).toEqual({
    finished: [],
    rolledBack: [],
    leftAlone: [],
  });
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

/** Repeats with one call after the other until a run has no such call any more. */
async function atEvery(
  call: Call,
  effect: string,
  visit: (when: number, line: readonly string[]) => Promise<"struck" | "past the end">,
): Promise<number> {
  let points = 0;
  for (let when = 1; when < 100; when += step) {
    const line = under(call, effect, String(when));
    if ((await visit(when, line)) === "past the end") return points;
    points += 1;
  }
  throw new Error("the program never ends");
}

const names = Object.keys(calls) as Call[];

describe.skipIf(!canTrace)("killed at every step (needs strace and the right to trace)", () => {
  it.each(names.filter((name) => name !== "rmdir"))(
    "of an apply: %s",
    { timeout: 120_000 },
    async (call) => {
      const seen = { old: 0, new: 0 };
      const points = await atEvery(call, "signal=SIGKILL", async (when, line) => {
        const { root, changes, remove } = scene();
        try {
          const order: Order = { do: "apply", root, changes };
          const { signal, output } = await ended(startWorker(worker, order, { under: line }));
          if (signal === null) expect(output).toContain('"ok":true');
          seen[await expectWhole(root, `${call} ${when}`)] += 1;
          return signal === null ? "past the end" : "struck";
        } finally {
          remove();
        }
      });
      expect(points).toBeGreaterThan(0);
      process.stdout.write(`killed at ${points} × ${call}: ${seen.old} old, ${seen.new} new\n`);
    },
  );

  it.each(["rename", "unlink", "rmdir", "fsync"] as const)(
    "of an undo: %s",
    { timeout: 120_000 },
    async (call) => {
      await atEvery(call, "signal=SIGKILL", async (when, line) => {
        const { root, changes, remove } = scene();
        try {
          const done = unwrap(
            await applyTransaction(
              changes.map((each) => change(each.path, each.before, each.after)),
              { root, label: "test" },
            ),
          );
          const order: Order = { do: "undo", root, id: done.id };
          const { signal } = await ended(startWorker(worker, order, { under: line }));
          await expectWhole(root, `undo, ${call} ${when}`);
          return signal === null ? "past the end" : "struck";
        } finally {
          remove();
        }
      });
    },
  );

  it.each([
    // Counted in the renames of an apply: lock, journal, commit, then one or two for each file.
    ["carried on", 5, "rename", "new"],
    ["carried on", 5, "unlink", "new"],
    ["carried on", 5, "fsync", "new"],
    ["taken back", 5, "rename", "mixed by others"],
    ["taken back", 5, "unlink", "mixed by others"],
    ["taken back", 5, "fsync", "mixed by others"],
  ] as const)(
    "of a recovery that is %s after rename %i: %s",
    { timeout: 120_000 },
    async (direction, first, call, end) => {
      const points = await atEvery(call, "signal=SIGKILL", async (_, line) => {
        const { root, changes, remove } = scene();
        try {
          const cut = under("rename", "signal=SIGKILL", String(first));
          await ended(startWorker(worker, { do: "apply", root, changes }, { under: cut }));
          // The first file is new and the third still old: this is the middle of the commit.
          expect(tree(root)).toMatchObject({
            "openclaw.json": "600 {new and longer}",
            retired: "640 secret",
          });
          // Another program changes a file whose turn had not come: the rest has to be taken back.
          if (direction === "taken back") writeFileSync(join(root, "retired"), "edited");
          const order: Order = { do: "recover", root };
          const { signal } = await ended(startWorker(worker, order, { under: line }));
          if (direction === "carried on") {
            expect(await expectWhole(root, call)).toBe(end);
          } else {
            unwrap(await recover(root));
            expect(tree(root)).toEqual({ ...oldTree, retired: "640 edited" });
          }
          return signal === null ? "past the end" : "struck";
        } finally {
          remove();
        }
      });
      expect(points).toBeGreaterThan(0);
    },
  );
});

describe.skipIf(!canTrace)(
  "on a file system without hard links (needs strace and the right to trace)",
  () => {
    it.each(["EPERM", "EACCES", "EOPNOTSUPP"])("%s", async (errno) => {
      const { root, changes, remove } = scene();
      try {
        const line = under("link", `error=${errno}`, "1+");
        const { output } = await ended(
          startWorker(worker, { do: "apply", root, changes }, { under: line }),
        );
        expect(output).toContain('"ok":true');
        expect(shape(root)).toBe("new");
      } finally {
        remove();
      }
    });
  },
);

describe.skipIf(!canTrace)(
  "another program that writes meanwhile (needs strace and the right to trace)",
  () => {
    // Stopped right after the first target's rename, which is thus already new.
    it.each([
      ["edits a file whose turn comes later", "retired", "edited"],
      ["creates a file that was to be created", ".env", "THEIRS=1"],
    ])("%s", async (_, name, theirs) => {
      const { root, changes, remove } = scene();
      try {
        const line = under("rename", "signal=SIGSTOP", "4");
        const child = startWorker(worker, { do: "apply", root, changes }, { under: line });
        const finished = ended(child);
        const first = join(root, "openclaw.json");
        while (readFileSync(first, "utf8") === "{old}") await turn();
        const tracer = child.pid ?? 0;
        const traced = readFileSync(`/proc/${tracer}/task/${tracer}/children`, "utf8").trim();
        writeFileSync(join(root, name), theirs);
        // Again and again, as the stop may take effect only after the first of them.
        const go = setInterval(() => process.kill(Number(traced), "SIGCONT"), 20);
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
  },
);

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe.skipIf(!canTrace)("failing at every step (needs strace and the right to trace)", () => {
  it.each([
    ["rename", "EIO", "io"],
    ["link", "EDQUOT", "quota"],
    ["unlink", "EIO", "io"],
    ["mkdir", "EDQUOT", "quota"],
    ["fsync", "EDQUOT", "quota"],
    ["fsync", "ENOSPC", "disk-full"],
    ["fchmod", "EROFS", "read-only-file-system"],
  ] as const)("%s with %s, once", { timeout: 120_000 }, async (call, errno, code) => {
    const seen: Record<string, number> = {};
    let untouched = 0;
    await atEvery(call, `error=${errno}`, async (when, line) => {
      const { root, changes, remove } = scene();
      try {
        const order: Order = { do: "apply", root, changes };
        const { output, errors } = await ended(startWorker(worker, order, { under: line }));
        const result = JSON.parse(output || `"${errors}"`);
        const told = result.ok ? "ok" : result.error.code;
        seen[told] = (seen[told] ?? 0) + 1;
        const where = `${call} ${when}: ${output}`;
        // What is reported is what is on the disk, unless it says that recovery is needed.
        if (told === "ok") expect(tree(root), where).toMatchObject(newTree);
        else if (told !== "recovery-needed") expect(shape(root), where).toBe("old");
        const found = await expectWhole(root, where);
        if (told !== "recovery-needed") expect(found, where).toBe(told === "ok" ? "new" : "old");
        // Three runs in a row that nothing came of: the calls have run out.
        untouched = told === "ok" ? untouched + 1 : 0;
        return untouched === 3 ? "past the end" : "struck";
      } finally {
        remove();
      }
    });
    expect(seen[code], JSON.stringify(seen)).toBeGreaterThan(0);
    process.stdout.write(`${call} failing with ${errno}: ${JSON.stringify(seen)}\n`);
  });

  it.each(["rename", "unlink", "fsync"] as const)(
    "%s from some moment on for good",
    { timeout: 120_000 },
    async (call) => {
      for (let when = 1; when < 25; when += step) {
        const { root, changes, remove } = scene();
        try {
          const line = under(call, "error=EIO", `${when}+`);
          const order: Order = { do: "apply", root, changes };
          const { output } = await ended(startWorker(worker, order, { under: line }));
          const result = JSON.parse(output);
          const found = await expectWhole(root, `${call} ${when}+: ${output}`);
          if (result.ok) expect(found).toBe("new");
          else if (result.error.code !== "recovery-needed") expect(found).toBe("old");
        } finally {
          remove();
        }
      }
    },
  );
});
