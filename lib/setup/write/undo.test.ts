import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { listTransactions } from "@/lib/files/transactions";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, KEY, OLD_KEY } from "@/lib/setup/testing/machine";
import { forgetBackups, undoWrite, writePlan } from "@/lib/setup/write/write";

let home: string;
let state: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "openclaw-setup-undo-"));
  state = join(home, ".openclaw");
  mkdirSync(state, { mode: 0o700 });
  writeFileSync(join(state, "openclaw.json"), "// mine\n{}\n", { mode: 0o600 });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Files below the state directory that hold a text. */
function holding(text: string): string[] {
  return readdirSync(state, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => readFileSync(path, "latin1").includes(text));
}

async function writeAndUndo() {
  const env = { HOME: home, PATH: "" };
  const plan = planSetup(await takeSnapshot(env, null), chosen());
  if (!plan.ok) throw new Error(plan.error.code);
  const written = await writePlan(plan.value, env as never, new AbortController().signal);
  if (!written.ok) throw new Error(written.error.kind);
  expect(holding(KEY).length).toBeGreaterThan(0);
  const undone = await undoWrite(written.value);
  if (!undone.ok) throw new Error(undone.error.detail);
  return undone.value;
}

describe("an undo", () => {
  it("leaves the new key nowhere, and names what it put back", async () => {
    const undone = await writeAndUndo();
    expect(holding(KEY)).toEqual([]);
    expect(undone).toMatchObject({ kept: 0, left: null });
    expect(undone.files).toContain(join(state, "openclaw.json"));
    expect(undone.files).toContain(join(state, ".env"));
  });

  it("leaves a key that was replaced in its own file alone", async () => {
    writeFileSync(join(state, ".env"), `OPENAI_API_KEY=${OLD_KEY}\n`, { mode: 0o600 });
    await writeAndUndo();
    expect(holding(KEY)).toEqual([]);
    expect(holding(OLD_KEY)).toEqual([join(state, ".env")]);
  });

  it("keeps the backups of earlier changes until they are to be forgotten", async () => {
    const path = join(state, "notes.json");
    writeFileSync(path, "earlier", { mode: 0o600 });
    const change = { path, before: Buffer.from("earlier"), after: Buffer.from("x"), mode: 0o600 };
    await applyTransaction([change], { root: state, label: "earlier" });
    expect(await writeAndUndo()).toMatchObject({ kept: 1 });
    expect(await forgetBackups(state)).toEqual({ ok: true, value: 0 });
    expect(await listTransactions(state)).toEqual({ ok: true, value: [] });
    expect(holding("earlier")).toEqual([]);
  });
});
