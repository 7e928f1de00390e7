import { expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import { planSetup } from "@/lib/setup/plan/plan";
import {
  chosenLogin,
  type Found,
  KEY,
  machine,
  OLD_KEY,
  OLDEST,
  planned,
} from "@/lib/setup/testing/machine";
import type { Plan } from "@/lib/setup/types";

const { era } = eraFor("2026.5.7");
const LOGIN_ID = "openai-codex:default";
const state = (...ids: string[]) =>
  JSON.stringify({
    version: 1,
    lastGood: { openai: "openai:default" },
    usageStats: Object.fromEntries(
      ids.map((id) => [id, { errorCount: 2, cooldownUntil: 1_900_000_000_000 }]),
    ),
  });
const profiles = JSON.stringify({
  version: 1,
  profiles: { "openai:default": { type: "api_key", provider: "openai", key: OLD_KEY } },
});

function login(found: Found): Plan {
  const model = era.defaultModel.chatgpt;
  const plan = planSetup(machine({ era, ...found }), chosenLogin({ model }));
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

function stateAfter({ handOver }: Plan): object | null {
  const after = handOver?.authState?.after;
  return after ? JSON.parse(new TextDecoder().decode(after)) : null;
}

it("a cooldown of the old login ends with it, and the others' stay", () => {
  const after = stateAfter(login({ authState: state(LOGIN_ID, "openai:default") }));
  expect(after).toEqual(JSON.parse(state("openai:default")));
});

it("a cooldown of the old key ends with it, in the state and in the file of profiles", () => {
  const key = planned(
    { era, profiles, authState: state("openai:default") },
    { model: era.defaultModel.apiKey },
  );
  expect(key.handOver?.profileId).toBe("openai:default");
  expect(stateAfter(key)).toMatchObject({ usageStats: {} });
  const usageStats = {
    "openai:default": { disabledUntil: 1_900_000_000_000 },
    "x:y": { lastUsed: 1 },
  };
  const older = JSON.stringify({ ...JSON.parse(profiles), usageStats });
  const plan = planned({ era: OLDEST, profiles: older }, { model: OLDEST.defaultModel.apiKey });
  const text = new TextDecoder().decode(plan.handOver?.file.after ?? new Uint8Array());
  expect(JSON.parse(text)).toMatchObject({ profiles: { "openai:default": { key: KEY } } });
  expect(JSON.parse(text).usageStats).toEqual({ "x:y": { lastUsed: 1 } });
});

it("nothing changes where nothing is coolingDown, or the state cannot be read", () => {
  const used = JSON.stringify({ version: 1, usageStats: { [LOGIN_ID]: { lastUsed: 1 } } });
  for (const authState of [used, state("openai:default"), "{ broken"]) {
    expect(stateAfter(login({ authState }))).toBeNull();
  }
  expect(stateAfter(planned({ era, authState: state("openai:default") }))).toBeNull();
});
