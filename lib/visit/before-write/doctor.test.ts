/** A visit whose OpenClaw refuses the config: doctor beside it, what it brings into the plan, and when it is not asked. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createCallbackRelay } from "@/lib/openai/chatgpt/relay";
import { KEY } from "@/lib/setup/testing/machine";
import type { Plan } from "@/lib/setup/types";
import { installFakeDoctor } from "@/lib/setup/verify/doctor/testing/fake-doctor";
import { createMemoryTokenStore } from "@/lib/sign-in/token-store";
import { startJob } from "@/lib/system/job";
import { doctorOf } from "@/lib/visit/before-write/doctor";
import { preflightOf } from "@/lib/visit/before-write/preflight";
import { readSnapshot } from "@/lib/visit/machine";
import { planOf } from "@/lib/visit/plan-for-visit";
import { newVisit, type Visit } from "@/lib/visit/visit";

let dir: string;
let visit: Visit;
const file = () => path.join(dir, "home", ".openclaw", "openclaw.json");
const CONFIG = `{ "tools": { "oldName": "x" }, "keep": 1 }\n`;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "doctor-visit-"));
  const [store, relay] = [createMemoryTokenStore<never>(), createCallbackRelay()];
  const { OPENCLAW_NIX_MODE: _immutable, ...env } = installFakeDoctor(dir);
  visit = newVisit({
    env,
    profile: null,
    signIn: { secret: "not-used-here", store, relay, attempt: null },
  });
  visit.auth = "api-key";
  const check = startJob(async () => ({ kind: "unreachable" }) as never);
  visit.key = { kind: "given", value: KEY, notices: [], check, asBackup: false };
  visit.model = "openai/gpt-5.5";
  writeFileSync(file(), CONFIG);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function plan(): Promise<Plan> {
  const made = planOf(visit, await readSnapshot(visit), null);
  if (!made?.ok) throw new Error("no plan");
  return made.value;
}

/** As a review that is looked at until nothing more comes. */
async function reviewed(): Promise<Plan> {
  const first = await plan();
  const preflight = preflightOf(visit, first);
  await preflight.settled;
  await doctorOf(visit, first, preflight)?.settled;
  return plan();
}

it("runs beside the review, which goes on at once, and its changes are then part of the plan", async () => {
  const first = await plan();
  const preflight = preflightOf(visit, first);
  expect(doctorOf(visit, first, preflight)).toBeNull();
  await preflight.settled;
  const began = performance.now();
  const job = doctorOf(visit, first, preflight);
  expect(performance.now() - began).toBeLessThan(100);
  expect(job?.result).toBeNull();
  expect((await plan()).digest).toBe(first.digest);
  await job?.settled;
  const second = await plan();
  expect(second.digest).not.toBe(first.digest);
  expect(second.config.value).toMatchObject({ tools: { newName: "x" } });
  expect(second.repairs.find(({ kind }) => kind === "doctor-moved")).toMatchObject({
    id: "doctor:tools.oldName",
    accepted: true,
  });
  expect(readFileSync(file(), "utf8")).toBe(CONFIG);
});

it("is asked once for a config, and again for another one", async () => {
  await reviewed();
  const first = visit.doctor?.job;
  await reviewed();
  expect(visit.doctor?.job).toBe(first);
  visit.declined = ["doctor:tools.oldName"];
  expect((await reviewed()).config.value).toMatchObject({ tools: { oldName: "x" } });
  expect(visit.doctor?.job).toBe(first);
  writeFileSync(file(), `{ "tools": { "oldOther": "y" } }\n`);
  expect((await reviewed()).config.value).toMatchObject({ tools: { newOther: "y" } });
  expect(visit.doctor?.job).not.toBe(first);
});

it("is not asked where the config is accepted", async () => {
  writeFileSync(file(), `{ "tools": { "keep": 1 } }\n`);
  await reviewed();
  expect(visit.doctor).toBeNull();
});
