/** A doctor that is made up and really runs: what comes of it, and that nothing of the person's is touched. */

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen } from "@/lib/setup/testing/machine";
import { askDoctor } from "@/lib/setup/verify/doctor/ask-doctor";
import { installFakeDoctor } from "@/lib/setup/verify/doctor/testing/fake-doctor";
import { runPreflight } from "@/lib/setup/verify/preflight";
import { valueAt } from "@/lib/text/json5/value";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "doctor-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const leftovers = () =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`openclaw-setup-check-${process.pid}-`));

async function ask(config: object, signal = new AbortController().signal) {
  const env = installFakeDoctor(dir);
  const file = path.join(dir, "home", ".openclaw", "openclaw.json");
  writeFileSync(file, JSON.stringify(config, null, 2));
  const snapshot = await takeSnapshot(env, null);
  const plan = planSetup(snapshot, chosen({ keyForm: "env-vars" }));
  if (!plan.ok) throw new Error(plan.error.code);
  const judged = await runPreflight(plan.value, env, signal);
  const issues = judged.kind === "objects" ? judged.others : [];
  const answer = await askDoctor(plan.value, issues, env, signal);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(config);
  expect(readdirSync(path.dirname(file))).toEqual(["openclaw.json"]);
  expect(leftovers()).toEqual([]);
  const repairs = answer.kind === "looked" ? answer.repairs : [];
  const again = planSetup({ ...snapshot, doctorRepairs: repairs }, chosen({ keyForm: "env-vars" }));
  if (!again.ok) throw new Error(again.error.code);
  return { answer, issues, plan: again.value, env };
}

it("gives the refused places and where their values went, and the release then accepts it", async () => {
  const { answer, issues, plan, env } = await ask({
    tools: { oldName: "x", oldMode: { a: 1 }, keep: true },
  });
  expect(issues).toHaveLength(2);
  expect(answer).toMatchObject({
    kind: "looked",
    left: [],
    repairs: [
      { from: "tools.oldName", to: ["tools.newName"] },
      { from: "tools.oldMode", to: ["tools.newMode"] },
    ],
  });
  expect(plan.config.value).toMatchObject({
    tools: { newName: "x", newMode: { a: 1 }, keep: true },
  });
  expect(plan.config.value).not.toHaveProperty("wizard");
  const { signal } = new AbortController();
  expect(await runPreflight(plan, env, signal)).toEqual({ kind: "accepted" });
});

it("reaches nobody and touches no path that the config names", async () => {
  let asked = 0;
  const server = createServer(() => {
    asked += 1;
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const place = path.join(dir, "of-the-person");
  const notes = { port: (server.address() as AddressInfo).port, dir: place };
  const { plan } = await ask({ notes, tools: { oldDir: place } });
  expect(asked).toBe(0);
  expect(existsSync(place)).toBe(false);
  // The path is the person's again.
  expect(plan.config.value).toMatchObject({ notes, tools: { newDir: place } });
  server.close();
});

it("has no other program by its name, no bus, no key, and may write its copy", async () => {
  const { plan } = await ask({ tools: { oldSight: "?" } });
  const saw: unknown = JSON.parse(String(valueAt(plan.config.value, ["tools", "newSight"])));
  expect(saw).toEqual({ PATH: 1, other: "none", key: false });
});

it("says so where doctor mends nothing of it", async () => {
  const { answer, plan } = await ask({ notes: { stuck: true }, tools: { oldName: "x" } });
  expect(answer).toMatchObject({
    kind: "looked",
    repairs: [],
    left: [{ path: "tools", message: 'Unrecognized key: "oldName"' }],
  });
  expect(plan.config.value).toMatchObject({ tools: { oldName: "x" } });
});

it("mends the rest where one value keeps it from writing anything, and leaves that to the person", async () => {
  const { answer, plan } = await ask({ tools: { oldName: "x", port: "18789" } });
  expect(answer).toMatchObject({
    kind: "looked",
    repairs: [{ from: "tools.oldName", to: ["tools.newName"] }],
    left: [{ path: "tools.port" }],
  });
  expect(plan.config.value).toMatchObject({ tools: { newName: "x", port: "18789" } });
});

it("ends when it is told to", async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 3000);
  const { answer } = await ask(
    { notes: { hang: true }, tools: { oldName: "x" } },
    controller.signal,
  );
  expect(answer).toMatchObject({ kind: "failed", failure: { code: "cancelled" } });
});

it("is not asked where secrets would come from elsewhere", async () => {
  const secrets = { providers: { vault: { source: "exec", command: "/bin/false" } } };
  const { answer } = await ask({ secrets, tools: { oldName: "x" } });
  expect(answer).toEqual({ kind: "impossible", why: "secrets-elsewhere" });
});
