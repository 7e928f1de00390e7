import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction } from "@/lib/files/apply";
import { beginStep, cutOffSteps, endStep, type Step, takeBackStep } from "@/lib/files/step";
import {
  change,
  codeOf,
  cutOffStep,
  makeTemporaryFolder,
  tree,
  unwrap,
} from "@/lib/files/testing/harness";
import { listTransactions, undoTransaction, undoTransactions } from "@/lib/files/transactions";

let base: string;
let root: string;
const at = (...parts: string[]) => join(root, ...parts);
const text = (...parts: string[]) => readFileSync(at(...parts), "utf8");
const skip = (parts: readonly string[]) => [".openclaw-setup", "logs"].includes(parts[0] ?? "");

beforeEach(() => {
  base = makeTemporaryFolder();
  root = join(base, "state");
  mkdirSync(at("state"), { recursive: true, mode: 0o700 });
  chmodSync(root, 0o700);
  writeFileSync(at("state", "openclaw.sqlite"), "old", { mode: 0o640 });
  writeFileSync(at("notes.json"), "mine", { mode: 0o600 });
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const begin = async (label = "write 1"): Promise<Step> =>
  unwrap(await beginStep(root, label, skip));
const folderOf = ({ id }: Step) => at(".openclaw-setup", "transactions", id);

/** What a command of OpenClaw does. */
function change1(): void {
  writeFileSync(at("state", "openclaw.sqlite"), "new");
  writeFileSync(at("state", "openclaw.sqlite-wal"), "wal");
  mkdirSync(at("identity"));
  writeFileSync(at("identity", "device.json"), "{}");
}

describe("files that another program changes", () => {
  it("come back to the byte and the mode, and what came into being goes where undo finds it", async () => {
    const before = tree(root);
    const step = await begin();
    change1();
    const after = tree(root);
    const undone = unwrap(await takeBackStep(step, skip));
    expect(tree(root)).toEqual(before);
    unwrap(await undoTransaction(root, undone.id));
    expect(Object.keys(tree(root))).toEqual(Object.keys(after));
    expect(text("identity", "device.json")).toBe("{}");
  });

  it("come back later too, a database with its side files, and nothing else does", async () => {
    const step = await begin();
    change1();
    unwrap(await endStep(step, skip, null));
    writeFileSync(at("notes.json"), "mine, later");
    writeFileSync(at("new.json"), "later");
    writeFileSync(at("state", "openclaw.sqlite"), "newer");
    writeFileSync(at("state", "openclaw.sqlite-shm"), "later");
    unwrap(await undoTransaction(root, step.id));
    expect(text("notes.json")).toBe("mine, later");
    expect(Object.keys(tree(root))).toEqual([
      "new.json",
      "notes.json",
      "state",
      "state/openclaw.sqlite",
    ]);
    expect(text("state", "openclaw.sqlite")).toBe("old");
  });

  it("come back together with a transaction that was made meanwhile, or not at all", async () => {
    const step = await begin();
    change1();
    const before = tree(root);
    const change2 = change(at("openclaw.json"), null, "{}");
    const written = unwrap(await applyTransaction([change2], { root, label: "write 1" }));
    unwrap(await endStep(step, skip, written.id));
    writeFileSync(at("openclaw.json"), "{edited}");
    const ids = [written.id, step.id];
    expect(codeOf(await undoTransactions(root, ids))).toBe("changed-since-preview");
    expect(text("state", "openclaw.sqlite")).toBe("new");
    writeFileSync(at("openclaw.json"), "{}");
    unwrap(await undoTransactions(root, ids));
    expect(text("state", "openclaw.sqlite")).toBe("old");
    expect(existsSync(at("openclaw.json"))).toBe(false);
    expect(before).toHaveProperty("identity");
    expect(unwrap(await listTransactions(root)).map(({ undoneBy }) => undoneBy !== null)).toEqual([
      false,
      true,
      true,
    ]);
  });

  it("of more than a configuration's size come back too", async () => {
    writeFileSync(at("state", "openclaw.sqlite"), Buffer.alloc(9 * 1024 * 1024, 1));
    const step = await begin();
    writeFileSync(at("state", "openclaw.sqlite"), Buffer.alloc(10 * 1024 * 1024, 2));
    unwrap(await takeBackStep(step, skip));
    expect(readFileSync(at("state", "openclaw.sqlite")).equals(Buffer.alloc(9 << 20, 1))).toBe(
      true,
    );
  });

  it("are not put back from a copy that was tampered with", async () => {
    const step = await begin();
    change1();
    for (const name of ["0.before", "1.before"])
      writeFileSync(join(folderOf(step), name), "forged");
    expect(codeOf(await takeBackStep(step, skip))).toBe("backup-damaged");
    expect(text("state", "openclaw.sqlite")).toBe("new");
  });

  it("are kept where nobody else can read them, and only while they are needed", async () => {
    const step = await begin();
    expect(statSync(folderOf(step)).mode & 0o777).toBe(0o700);
    const names = readdirSync(folderOf(step));
    expect(names.sort()).toEqual(["0.before", "1.before", "open.json"]);
    for (const name of names) expect(statSync(join(folderOf(step), name)).mode & 0o777).toBe(0o600);
    writeFileSync(at("state", "openclaw.sqlite"), "new");
    unwrap(await endStep(step, skip, null));
    expect(readdirSync(folderOf(step)).length).toBe(2);
  });
});

describe("a step that was cut off", () => {
  it("is known once its process is gone, and not before", async () => {
    const step = await begin();
    expect(unwrap(cutOffSteps(root))).toEqual([]);
    unwrap(await endStep(step, skip, null));
    await cutOffStep(root, "write 2");
    const [found] = unwrap(cutOffSteps(root));
    expect(found?.label).toBe("write 2");
    change1();
    if (found) unwrap(await takeBackStep(found, skip));
    expect(text("state", "openclaw.sqlite")).toBe("old");
    expect(unwrap(cutOffSteps(root))).toEqual([]);
  });

  it("keeps a write of another process out while that one lives", async () => {
    await begin();
    const ours = await applyTransaction([change(at("x"), null, "y")], { root, label: "ours" });
    expect(codeOf(ours)).toBe("ok");
  });

  it("is not believed where it does not name a file that is older", async () => {
    writeFileSync(at("logs"), "not looked at");
    await cutOffStep(root, "write 1");
    const [found] = unwrap(cutOffSteps(root));
    if (!found) throw new Error("no step");
    // As if the rule had been another one: what was passed over then is listed now.
    const all = (parts: readonly string[]) => parts[0] === ".openclaw-setup";
    const before = tree(root);
    expect(codeOf(await takeBackStep(found, all))).toBe("recovery-needed");
    expect(tree(root)).toEqual(before);
  });

  it("is not believed in a copy of its folder", async () => {
    await cutOffStep(root, "write 1");
    change1();
    const [name = ""] = readdirSync(at(".openclaw-setup", "transactions"));
    const folder = at(".openclaw-setup", "transactions", name);
    renameSync(folder, join(base, "aside"));
    mkdirSync(folder, { mode: 0o700 });
    for (const file of readdirSync(join(base, "aside")))
      writeFileSync(join(folder, file), readFileSync(join(base, "aside", file)));
    expect(codeOf(cutOffSteps(root))).toBe("recovery-needed");
    expect(text("state", "openclaw.sqlite")).toBe("new");
  });

  it("is left where its time is one to come", async () => {
    await cutOffStep(root, "write 1");
    const [found] = unwrap(cutOffSteps(root));
    if (!found) throw new Error("no step");
    change1();
    const now = Date.now;
    Date.now = () => now() - 3_600_000;
    try {
      expect(codeOf(await takeBackStep(found, skip))).toBe("recovery-needed");
    } finally {
      Date.now = now;
    }
    expect(text("state", "openclaw.sqlite")).toBe("new");
  });
});

it("times of files that another program set back hide nothing", async () => {
  const step = await begin();
  change1();
  const old = new Date(0);
  utimesSync(at("identity", "device.json"), old, old);
  unwrap(await takeBackStep(step, skip));
  expect(existsSync(at("identity"))).toBe(false);
});
