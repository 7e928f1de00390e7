/** An export tried with a release that is made up and really asks. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createCallbackRelay } from "@/lib/openai/chatgpt/relay";
import type { Engine } from "@/lib/openclaw/deployments/shapes";
import { KEY } from "@/lib/setup/testing/machine";
import { installFakeRelease } from "@/lib/setup/verify/rehearsal/testing/fake-release";
import { createMemoryTokenStore } from "@/lib/sign-in/token-store";
import { startJob } from "@/lib/system/job";
import { exportOf } from "@/lib/visit/export/export";
import { startTrial, trialOf } from "@/lib/visit/export/trial";
import { readSnapshot } from "@/lib/visit/machine";
import { newVisit, type Visit } from "@/lib/visit/visit";

let folder: string;
let visit: Visit;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "export-trial-"));
  const env = installFakeRelease(folder);
  const store = createMemoryTokenStore<never>();
  const signIn = { secret: "not-used-here", store, relay: createCallbackRelay(), attempt: null };
  visit = newVisit({ env, profile: null, signIn });
  visit.auth = "api-key";
  const check = startJob(async () => ({ kind: "unreachable" }) as never);
  visit.key = { kind: "given", value: KEY, notices: [], check, asBackup: false };
  visit.model = "openai/gpt-5.5";
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function tried(engine: Engine) {
  const snapshot = await readSnapshot(visit);
  const made = exportOf(visit, snapshot, { engine, release: "2026.9.6" });
  if (!made?.ok) throw new Error("not exported");
  startTrial(visit, snapshot, made.value, null);
  const job = trialOf(visit, made.value);
  await job?.settled;
  return { made: made.value, trial: job?.result?.kind === "done" ? job.result.value : null };
}

it("sees the key of the variable go to OpenAI for the model", async () => {
  const { made, trial } = await tried("kubernetes");
  expect(trial?.preflight).toEqual({ kind: "accepted" });
  expect(trial?.rehearsal).toMatchObject({
    kind: "rehearsed",
    credential: "key",
    host: "api.openai.com",
    model: "gpt-5.5",
  });
  expect(trialOf(visit, { ...made, engine: "fly" })).toBeNull();
});

it("sees what the machine's own config would do there", async () => {
  const wish = JSON.stringify({ model: "gpt-4" });
  const config = { env: { vars: { REHEARSAL: wish } } };
  writeFileSync(join(folder, "home", ".openclaw", "openclaw.json"), JSON.stringify(config));
  const { trial } = await tried("fly");
  expect(trial?.rehearsal).toEqual({
    kind: "other-model",
    model: "gpt-4",
    chosen: "openai/gpt-5.5",
  });
});
