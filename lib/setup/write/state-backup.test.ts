import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  cutOff,
  type Kept,
  keepFiles,
  restoreKept,
  settleKept,
  usedSince,
} from "@/lib/setup/write/state-backup";

let root: string;
const at = (...parts: string[]) => join(root, ...parts);
const text = (...parts: string[]) => readFileSync(at(...parts), "utf8");

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "keep-"));
  mkdirSync(at("state"));
  writeFileSync(at("state", "openclaw.sqlite"), "old", { mode: 0o640 });
  writeFileSync(at("notes.json"), "mine");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function keep(): Promise<Kept> {
  const kept = await keepFiles(root, "write 1");
  if (!kept.ok) throw new Error(kept.error.code);
  return kept.value;
}

function everything(): string[] {
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => !name.startsWith(".openclaw-setup"))
    .sort();
}

function step(): void {
  writeFileSync(at("state", "openclaw.sqlite"), "new");
  writeFileSync(at("state", "openclaw.sqlite-wal"), "wal");
  mkdirSync(at("identity"));
  writeFileSync(at("identity", "device.json"), "{}");
}

describe("files that another program changes", () => {
  it("come back to the byte and the mode, and what came into being goes", async () => {
    const before = everything();
    const kept = await keep();
    step();
    expect(await restoreKept(kept)).toEqual({ ok: true, value: null });
    expect(everything()).toEqual(before);
    expect(text("state", "openclaw.sqlite")).toBe("old");
    expect(statSync(at("state", "openclaw.sqlite")).mode & 0o777).toBe(0o640);
  });

  it("come back later too, a database with its side files, and nothing else does", async () => {
    const kept = await keep();
    step();
    const settled = await settleKept(kept);
    writeFileSync(at("notes.json"), "mine, later");
    writeFileSync(at("new.json"), "later");
    writeFileSync(at("state", "openclaw.sqlite-shm"), "later");
    expect((await restoreKept(settled)).ok).toBe(true);
    expect(text("notes.json")).toBe("mine, later");
    expect(everything()).toEqual(["new.json", "notes.json", "state", "state/openclaw.sqlite"]);
    expect(text("state", "openclaw.sqlite")).toBe("old");
  });

  it("are not put back from a copy that was tampered with", async () => {
    const kept = await keep();
    step();
    for (const name of ["0", "1"]) writeFileSync(join(kept.directory, name), "forged");
    const restored = await restoreKept(kept);
    expect(!restored.ok && restored.error.code).toBe("backup-damaged");
    expect(text("state", "openclaw.sqlite")).toBe("new");
  });

  it("are kept where nobody else can read them", async () => {
    const kept = await keep();
    expect(statSync(kept.directory).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(kept.directory)) {
      expect(statSync(join(kept.directory, name)).mode & 0o777).toBe(0o600);
    }
  });
});

describe("a step that was cut off", () => {
  it("is known once its process is gone, and not before", async () => {
    const kept = await keep();
    expect(cutOff(root)).toEqual([]);
    const mark = join(kept.directory, "open.json");
    const journal = JSON.parse(readFileSync(mark, "utf8"));
    // A number that was a process of this machine and is none any more.
    journal.holder.pid = Number(execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }));
    writeFileSync(mark, JSON.stringify(journal));
    const [found] = cutOff(root);
    expect(found?.label).toBe("write 1");
    step();
    expect(found && (await restoreKept(found)).ok).toBe(true);
    expect(text("state", "openclaw.sqlite")).toBe("old");
    expect(cutOff(root)).toEqual([]);
  });

  it("is told apart from files that were long in use again", async () => {
    const kept = await keep();
    step();
    expect(usedSince(kept)).toBe(false);
    const later = new Date(Date.now() + 3_600_000);
    utimesSync(at("state", "openclaw.sqlite"), later, later);
    expect(usedSince(kept)).toBe(true);
  });

  it("is none once it has ended well", async () => {
    await settleKept(await keep());
    expect(cutOff(root)).toEqual([]);
  });
});
