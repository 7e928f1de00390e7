/**
 * Stops or fails the program at the steps of a transaction, one after the other: every fifth step in
 * an ordinary run, every single one with INTERRUPTIONS=all.
 */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { recover } from "@/lib/files/recover";
import {
  buildWorker,
  change,
  ended,
  startWorker,
  tree,
  unwrap,
  type Worker,
} from "@/lib/files/testing/harness";
import {
  type Call,
  calls,
  canTrace,
  expectWhole,
  newTree,
  oldTree,
  scene,
  shape,
  under,
} from "@/lib/files/testing/steps";
import type { Order } from "@/lib/files/testing/worker";

const step = process.env["INTERRUPTIONS"] === "all" ? 1 : 5;

let worker: Worker;

beforeAll(async () => {
  worker = await buildWorker();
});

afterAll(() => worker.remove());

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
        // Runs in a row that nothing came of: the calls have run out. Some failures near the end are
        // no reason to fail, so in the thorough run one such is not enough.
        untouched = told === "ok" ? untouched + 1 : 0;
        return untouched === (step === 1 ? 4 : 1) ? "past the end" : "struck";
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
