/** Stages of a plan, each by itself. */

import { expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import type { Choices } from "@/lib/setup/choices";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { planCredential } from "@/lib/setup/plan/credential";
import { planDefaultModel } from "@/lib/setup/plan/default-model";
import { planEdits } from "@/lib/setup/plan/edits";
import { planHandOver, proposeHandOver } from "@/lib/setup/plan/hand-over";
import { planRepairs } from "@/lib/setup/plan/repairs";
import { type Given, readSources } from "@/lib/setup/plan/sources";
import {
  chosen,
  chosenLogin,
  type Found,
  KEY,
  machine,
  NEWEST,
  OLD_KEY,
  OLDEST,
} from "@/lib/setup/testing/machine";
import { valueAt } from "@/lib/text/json5/value";

function given(found: Found, choices: Choices = chosen()): Given {
  const snapshot = machine(found);
  const sources = readSources(snapshot);
  if (!sources.ok) throw new Error(sources.error.code);
  return { snapshot, choices, sources: sources.value };
}

it("sources: refuse an include that is missing, and a .env that is no UTF-8, before anything is planned", () => {
  const missing = readSources(machine({ config: '{ $include: "./none.json5" }' }));
  expect(missing).toMatchObject({ ok: false, error: { path: machine().configPath } });
  const dotenvBytes = new Uint8Array([0x41, 0x3d, 0xff]);
  expect(readSources({ ...machine(), dotenvBytes })).toMatchObject({
    ok: false,
    error: { code: "dotenv-unreadable" },
  });
});

it.each(keyFormSchema.options)(
  "credential: %s leaves the config alone where no key is planned",
  (keyForm) => {
    expect(planCredential(given({}, chosenLogin({ keyForm }))).edits).toEqual([]);
  },
);

it("credential: what the release demands beside a reference goes before it, only where it is absent", () => {
  const names = (config: object) => {
    const own = given({ config, era: OLDEST }, chosen({ keyForm: "provider-env-ref" }));
    return planCredential(own).edits.map(({ path }) => path.at(-1));
  };
  expect(names({})).toEqual(["baseUrl", "models", "apiKey"]);
  const openai = { baseUrl: "http://127.0.0.1:1/v1", models: [] };
  expect(names({ models: { providers: { openai } } })).toEqual(["apiKey"]);
});

it("default model: the config that later stages see has it, the sources do not", () => {
  const own = given({ config: { agents: { defaults: { model: "openai/gpt-5.2" } } } });
  const { config, otherDefault } = planDefaultModel(own);
  expect(otherDefault).toBeNull();
  expect(valueAt(config, ["agents", "defaults", "model"])).toBe("openai/gpt-5.5");
  expect(valueAt(own.sources.config, ["agents", "defaults", "model"])).toBe("openai/gpt-5.2");
});

it("hand-over: a stored key is taken over only where its finding is accepted", () => {
  const { era } = eraFor("2026.5.7");
  const stored = { "openai:default": { type: "api_key", provider: "openai", key: OLD_KEY } };
  const own = given({ era, profiles: JSON.stringify({ version: 1, profiles: stored }) });
  const proposed = proposeHandOver(own, planDefaultModel(own));
  if (!proposed.ok) throw new Error(proposed.error.code);
  const [finding] = proposed.value.findings;
  expect(finding?.kind).toBe("second-key-profile");
  const made = planEdits(own, [], finding ? [finding] : []);
  const declined = planEdits(own, [], []);
  if (!made.ok || !declined.ok) throw new Error("refused");
  expect(planHandOver(own, proposed.value, made.value).handOver).not.toBeNull();
  expect(planHandOver(own, proposed.value, declined.value).handOver).toBeNull();
});

it("edits: what was declined is still told as a repair, and not made", () => {
  const config = { env: { OPENAI_API_KEY: KEY } };
  const own = given({ config, era: NEWEST }, chosen({ declined: ["flat-env-openai"] }));
  const credential = planCredential(own);
  const defaultModel = planDefaultModel(own);
  const none = { login: null, stored: null, agents: { findings: [], files: [] }, edits: [] };
  const findings = planRepairs(own, credential, defaultModel, { ...none, findings: [] });
  const edits = planEdits(own, defaultModel.edits, findings);
  if (!edits.ok) throw new Error(edits.error.code);
  const repair = edits.value.repairs.find(({ id }) => id === "flat-env-openai");
  expect(repair).toMatchObject({ accepted: false, blocked: null });
  expect(valueAt(edits.value.value, ["env", "OPENAI_API_KEY"])).toBe(KEY);
});
