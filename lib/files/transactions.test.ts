import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { change, codeOf, makeTemporaryFolder, tree, unwrap } from "@/lib/files/testing/harness";
import { listTransactions, undoTransaction } from "@/lib/files/transactions";
import type { FileChange } from "@/lib/files/types";

let base: string;
let root: string;

beforeEach(() => {
  base = makeTemporaryFolder();
  root = join(base, "state");
  mkdirSync(root, { mode: 0o700 });
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const at = (name: string) => join(root, name);
const apply = async (changes: FileChange[], label = "test") =>
  unwrap(await applyTransaction(changes, { root, label }));

const put = (name: string, text: string, mode = 0o600) => {
  writeFileSync(at(name), text);
  chmodSync(at(name), mode);
};

describe("undo", () => {
  it("restores bytes and modes, removes what was created, brings back what was removed", async () => {
    put("openclaw.json", "{ // old\r\n}", 0o644);
    put("retired", "secret", 0o640);
    put(".env", "A=1", 0o600);
    const before = tree(root);
    const done = await apply([
      change(at("openclaw.json"), "{ // old\r\n}", "{new}"),
      change(at("agents/main/agent/auth.json"), null, "{}"),
      change(at("retired"), "secret", null),
      change(at(".env"), "A=1", "A=2"),
    ]);
    expect(tree(root)).not.toEqual(before);
    unwrap(await undoTransaction(root, done.id));
    expect(tree(root)).toEqual(before);
  });

  it("is itself a transaction that can be undone", async () => {
    put("openclaw.json", "old");
    const done = await apply([
      change(at("openclaw.json"), "old", "new"),
      change(at("sub/deep/x"), null, "y"),
    ]);
    const after = tree(root);
    const undone = unwrap(await undoTransaction(root, done.id));
    unwrap(await undoTransaction(root, undone.id));
    expect(tree(root)).toEqual(after);
  });

  it("keeps a folder it created when something else is in it now", async () => {
    const done = await apply([change(at("sub/x"), null, "y")]);
    put("sub/other", "mine");
    unwrap(await undoTransaction(root, done.id));
    expect(tree(root)).toEqual({ sub: "700 folder", "sub/other": "600 mine" });
  });

  it.each([
    ["edited", () => writeFileSync(join(root, ".env"), "A=9")],
    ["removed", () => unlinkSync(join(root, ".env"))],
    [
      "a link elsewhere now",
      () => {
        unlinkSync(join(root, ".env"));
        writeFileSync(join(root, "copy"), "A=2", { mode: 0o600 });
        symlinkSync("copy", join(root, ".env"));
      },
    ],
  ])("refuses when a file was %s since, and touches none", async (_, meddle) => {
    put("openclaw.json", "old");
    put(".env", "A=1");
    const done = await apply([
      change(at("openclaw.json"), "old", "new"),
      change(at(".env"), "A=1", "A=2"),
    ]);
    meddle();
    const before = tree(root);
    expect(codeOf(await undoTransaction(root, done.id))).toBe("changed-since-preview");
    expect(tree(root)).toEqual(before);
  });

  it("refuses to undo twice, and to undo what it does not know", async () => {
    put("openclaw.json", "old");
    const done = await apply([change(at("openclaw.json"), "old", "new")]);
    unwrap(await undoTransaction(root, done.id));
    expect(codeOf(await undoTransaction(root, done.id))).toBe("changed-since-preview");
    for (const id of ["", "..", "../..", "00000001-00000000", `${done.id}/../${done.id}`, "\0"])
      expect(codeOf(await undoTransaction(root, id)), id).toBe("unknown-transaction");
  });

  it("refuses a backup that is damaged or gone", async () => {
    put("openclaw.json", "old");
    const done = await apply([change(at("openclaw.json"), "old", "new")]);
    const backup = done.files[0]?.backup ?? "";
    writeFileSync(backup, "odd");
    expect(codeOf(await undoTransaction(root, done.id))).toBe("backup-damaged");
    unlinkSync(backup);
    expect(codeOf(await undoTransaction(root, done.id))).toBe("backup-damaged");
    expect(tree(root)).toEqual({ "openclaw.json": "600 new" });
  });

  it("keeps a mode that was tightened since", async () => {
    put("openclaw.json", "old", 0o644);
    const done = await apply([change(at("openclaw.json"), "old", "new", 0o644)]);
    chmodSync(at("openclaw.json"), 0o600);
    unwrap(await undoTransaction(root, done.id));
    expect(tree(root)).toEqual({ "openclaw.json": "600 old" });
  });

  it("undoes a file in another allowed folder", async () => {
    const other = join(base, "other");
    mkdirSync(other);
    const file = join(other, "x");
    const done = unwrap(
      await applyTransaction([change(file, null, "y")], {
        root,
        allowedRoots: [other],
        label: "test",
      }),
    );
    unwrap(await undoTransaction(root, done.id, [other]));
    expect(readdirSync(other)).toEqual([]);
  });

  it("follows a state directory that moved, and leaves the original of a copied one", async () => {
    put("openclaw.json", "old");
    const done = await apply([
      change(at("openclaw.json"), "old", "new"),
      change(at("sub/x"), null, "y"),
    ]);
    const applied = tree(root);
    for (const move of [
      (to: string) => cpSync(root, to, { recursive: true }),
      (to: string) => renameSync(root, to),
    ]) {
      const there = join(base, `elsewhere-${readdirSync(base).length}`);
      move(there);
      expect(unwrap(await listTransactions(there))).toMatchObject([
        { id: done.id, files: [{ path: join(there, "openclaw.json") }, {}] },
      ]);
      unwrap(await undoTransaction(there, done.id));
      expect(tree(there)).toEqual({ "openclaw.json": "600 old" });
      if (existsSync(root)) expect(tree(root)).toEqual(applied);
    }
  });
});

describe("the list", () => {
  it("is empty, and writes nothing, where nothing was done", async () => {
    expect(unwrap(await listTransactions(root))).toEqual([]);
    expect(unwrap(await listTransactions(at("missing")))).toEqual([]);
    expect(readdirSync(root)).toEqual([]);
  });

  it("is newest first and says what took what back", async () => {
    put("openclaw.json", "old");
    const first = await apply([change(at("openclaw.json"), "old", "new")], "API key");
    const undo = unwrap(await undoTransaction(root, first.id));
    const second = await apply([change(at("openclaw.json"), "old", "newer")], "ChatGPT");
    const list = unwrap(await listTransactions(root));
    expect(
      list.map(({ id, label, undoes, undoneBy }) => ({ id, label, undoes, undoneBy })),
    ).toEqual([
      { id: second.id, label: "ChatGPT", undoes: null, undoneBy: null },
      { id: undo.id, label: `undo ${first.id}`, undoes: first.id, undoneBy: null },
      { id: first.id, label: "API key", undoes: null, undoneBy: undo.id },
    ]);
    expect(list[2]).toMatchObject(first);
  });

  it("holds ten, passes over damaged records and strange entries", async () => {
    let previous: string | null = null;
    for (let count = 0; count < 13; count += 1) {
      await apply([change(at("openclaw.json"), previous, String(count))]);
      previous = String(count);
    }
    const transactions = at(".openclaw-setup/transactions");
    mkdirSync(join(transactions, "99999999-zzzz"));
    writeFileSync(join(transactions, "00000099-00000000"), "a file");
    expect(unwrap(await listTransactions(root)).length).toBe(10);
    const newest = unwrap(await listTransactions(root))[0]?.id ?? "";
    writeFileSync(join(transactions, newest, "done.json"), "{ torn");
    expect(unwrap(await listTransactions(root)).length).toBe(9);
    await apply([change(at("openclaw.json"), "12", "13")]);
    expect(existsSync(join(transactions, newest))).toBe(true);
  });
});

describe("any set of changes", () => {
  const names = ["a", "b", "c/d", "c/e", "f/g/h"];
  const content = fc.option(fc.uint8Array({ maxLength: 40 }), { nil: null });
  const mode = fc.constantFrom(0o600, 0o640, 0o644, 0o700);
  const file = fc.record({ old: content, next: content, oldMode: mode, mode });

  it("is wholly applied and wholly undone", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 5 }), async (files) => {
        const here = join(makeTemporaryFolder(), "state");
        try {
          mkdirSync(here, { mode: 0o700 });
          const changes = files.map(({ old, next, oldMode, mode: asked }, index) => {
            const path = join(here, names[index] ?? "x");
            if (old !== null) {
              mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
              writeFileSync(path, old);
              chmodSync(path, oldMode);
            }
            return { path, before: old, after: next, mode: asked };
          });
          const before = tree(here);
          const done = unwrap(await applyTransaction(changes, { root: here, label: "any" }));
          const after = tree(here);
          for (const [index, { next, old, oldMode, mode: asked }] of files.entries()) {
            const expected = (old === null ? asked : asked & oldMode).toString(8);
            const text = next && `${expected} ${Buffer.from(next).toString("latin1")}`;
            expect(after[names[index] ?? "x"] ?? null).toBe(text);
          }
          expect(Object.keys(after).filter((name) => name.includes("tmp"))).toEqual([]);
          if (done.files.length === 0) {
            expect(after).toEqual(before);
            return;
          }
          const undone = unwrap(await undoTransaction(here, done.id));
          expect(tree(here)).toEqual(before);
          unwrap(await undoTransaction(here, undone.id));
          expect(tree(here)).toEqual(after);
        } finally {
          rmSync(join(here, ".."), { recursive: true, force: true });
        }
      }),
      { numRuns: 60 },
    );
  });
});
