/** References of `openai-codex` where that provider is no more, and fallbacks that lead nowhere or say a model twice. */

import { expect, it } from "vitest";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { successorOf } from "@/lib/openclaw/releases/retired-models";
import { ERAS } from "@/lib/openclaw/releases/table";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, type Found, machine, planned } from "@/lib/setup/testing/machine";
import type { Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

const JULY = ERAS.find(({ since }) => since === "2026.7.1") as ReleaseEra;
const MODEL = "openai/gpt-5.5";

function agents(config: object, choices: Partial<ApiKeyChoices> = {}, found: Found = {}) {
  const made = { config: { agents: config }, era: JULY, ...found };
  const plan = planned(made, { model: MODEL, ...choices });
  return {
    agents: valueAt(plan.config.value, ["agents"]) as Json,
    text: plan.config.after,
    ids: plan.repairs.map(({ id }) => id).filter((id) => /-model:/u.test(id)),
    plan,
  };
}

it("counts every reference of a provider that is gone as retired, also one that no table names", () => {
  expect(successorOf(JULY, "openai-codex/gpt-5.1-codex-max")).toBe(JULY.defaultModel.chatgpt);
  expect(successorOf(JULY, "openai-codex/gpt-5.5")).toBe("openai/gpt-5.5");
  expect(successorOf(JULY, "openai-codex/*")).toBe("openai/*");
  expect(successorOf(JULY, "openai/gpt-5.5")).toBeNull();
  expect(successorOf(JULY, "gpt")).toBeNull();
  const may = ERAS.find(({ since }) => since === "2026.5.28") as ReleaseEra;
  expect(successorOf(may, "openai-codex/gpt-5.1-codex-max")).toBeNull();
});

it("mends them in agents, fallbacks, aliases, lists of allowed models, and wherever else they stand", () => {
  const { agents: after, text } = agents({
    defaults: {
      model: { primary: "x/y", fallbacks: ["openai-codex/gpt-5.1-codex", "z/z"] },
      models: {
        "openai-codex/gpt-5.1-codex": { alias: "codex" },
        "openai-codex/gpt-5.3-codex": { alias: "newer" },
        "x/y": {},
      },
      imageModel: "openai-codex/gpt-5.1-codex-mini",
      modelPolicy: { allow: ["openai-codex/*", "x/*"] },
    },
    list: [
      { id: "main", default: true, model: "openai-codex/gpt-5.1-codex" },
      {
        id: "ops",
        model: { primary: "openai-codex/gpt-5.0", fallbacks: ["openai-codex/gpt-5.1", "x/y"] },
      },
    ],
  });
  expect(text).not.toContain("openai-codex");
  expect(after).toMatchObject({
    defaults: {
      models: { [MODEL]: { alias: "codex" }, "x/y": {} },
      imageModel: MODEL,
      modelPolicy: { allow: ["openai/*", "x/*", MODEL] },
    },
    list: [{ model: MODEL }, { model: { primary: MODEL, fallbacks: ["x/y"] } }],
  });
});

it("keeps the alias of an entry, also where a fallback of an agent leads to the same model", () => {
  const { agents: after } = agents(
    {
      defaults: {
        model: { primary: "x/y", fallbacks: ["openai-codex/gpt-5.4"] },
        models: { "openai-codex/gpt-5.4": { alias: "codex", params: { thinking: "high" } } },
      },
      list: [{ id: "ops", model: { primary: "x/y", fallbacks: ["openai-codex/gpt-5.4"] } }],
    },
    { model: "openai/gpt-5.4" },
  );
  expect(valueAt(after, ["defaults", "models", MODEL])).toEqual({
    alias: "codex",
    params: { thinking: "high" },
  });
});

it("allows the successor of a fallback where the entry of the old model stays", () => {
  const { agents: after } = agents(
    {
      defaults: {
        model: { primary: "x/y", fallbacks: ["openai-codex/gpt-5.4"] },
        models: { "openai-codex/gpt-5.4": { alias: "codex" } },
      },
    },
    { model: "openai/gpt-5.4", declined: ["retired-model:models.openai-codex/gpt-5.4"] },
  );
  expect(valueAt(after, ["defaults", "models"])).toEqual({
    "openai-codex/gpt-5.4": { alias: "codex" },
    "openai/gpt-5.4": {},
    [MODEL]: {},
  });
});

it("says which alias goes, where two entries become one", () => {
  const { agents: after, plan } = agents({
    defaults: {
      models: {
        "openai-codex/gpt-5.1-codex": { alias: "codex" },
        "openai-codex/gpt-5.3-codex": { alias: "newer" },
        "openai-codex/gpt-5.0": {},
      },
    },
  });
  expect(valueAt(after, ["defaults", "models"])).toEqual({ [MODEL]: { alias: "codex" } });
  const said = plan.repairs.filter(({ id }) => id.startsWith("retired-model:models."));
  expect(said.map(({ kind, data }) => [kind, data["alias"]])).toEqual([
    ["retired-model", undefined],
    ["repeated-alias", "newer"],
    ["repeated-model", undefined],
  ]);
});

it.each([
  [
    "one that becomes the first model",
    { primary: MODEL, fallbacks: ["openai-codex/gpt-5.1", "x/y"] },
    ["x/y"],
  ],
  [
    "two that become the same",
    { primary: "openai/gpt-5.4", fallbacks: ["openai-codex/a", "x/y", "openai-codex/b"] },
    ["x/y"],
  ],
  [
    "one whose successor stands behind it",
    { primary: "openai/gpt-5.4", fallbacks: ["openai-codex/a", "openai/gpt-5.5"] },
    ["x/y"],
  ],
])("names no fallback twice: %s", (_, model) => {
  const { agents: after, plan } = agents({ defaults: { model } });
  const now = valueAt(after, ["defaults", "model"]) as { primary: string; fallbacks: string[] };
  const all = [now.primary, ...now.fallbacks];
  expect(new Set(all).size).toBe(all.length);
  expect(now.primary).toBe(MODEL);
  // And a second plan has nothing left to do.
  const again = planSetup(
    machine({ config: plan.config.after, era: JULY, dotenv: DOTENV }),
    choice(),
  );
  expect(again.ok && again.value.repairs.filter(({ kind }) => /model$/u.test(kind))).toEqual([]);
});

it("keeps the first of two that become the same, where the chosen model is another", () => {
  const model = {
    primary: "openai/gpt-5.4",
    fallbacks: ["openai-codex/a", "x/y", "openai-codex/b"],
  };
  const { agents: after, ids } = agents({ defaults: { model } }, { model: "openai/gpt-5.4" });
  expect(valueAt(after, ["defaults", "model", "fallbacks"])).toEqual([MODEL, "x/y"]);
  expect(ids).toEqual(["retired-model:fallbacks.2", "retired-model:fallbacks.0"]);
  const kept = agents(
    { defaults: { model } },
    { model: "openai/gpt-5.4", declined: ["retired-model:fallbacks.0"] },
  );
  expect(valueAt(kept.agents, ["defaults", "model", "fallbacks"])).toEqual([
    "openai-codex/a",
    "x/y",
    MODEL,
  ]);
});

it("allows each successor by an entry of its own", () => {
  const { agents: after } = agents(
    {
      defaults: {
        model: { primary: MODEL },
        modelPolicy: { allow: ["x/y", MODEL] },
        imageModel: "openai-codex/gpt-5.4",
        pdfModel: "openai-codex/gpt-5.2",
      },
    },
    { model: MODEL },
    { era: { ...JULY, models: [...JULY.models, BOTH], retiredModels: {} } },
  );
  expect(valueAt(after, ["defaults", "modelPolicy", "allow"])).toEqual([
    "x/y",
    MODEL,
    "openai/gpt-5.4",
  ]);
});

it("offers to take out a fallback that its own provider has shut down, of any agent", () => {
  const gone = "google/gemini-3-pro-preview";
  const model = { primary: MODEL, fallbacks: [gone, "x/y"] };
  const config = {
    defaults: { model },
    list: [{ id: "ops", model: { primary: "x/y", fallbacks: [gone] } }],
  };
  const { agents: after, ids } = agents(config, {}, { shutDown: new Map([[gone, null]]) });
  expect(ids).toContain("shut-down-model:fallbacks.0");
  expect(after).toMatchObject({
    defaults: { model: { primary: MODEL, fallbacks: ["x/y"] } },
    list: [{ model: { fallbacks: [] } }],
  });
  const declined = ["shut-down-model:fallbacks.0"];
  const left = agents(config, { declined }, { shutDown: new Map([[gone, null]]) }).agents;
  expect(valueAt(left, ["defaults", "model", "fallbacks"])).toEqual([gone, "x/y"]);
});

it("leaves comments between the fallbacks where they are", () => {
  const config = `{
  agents: { defaults: { model: { primary: "${MODEL}", fallbacks: [
    "openai-codex/gpt-5.1", // once the best
    "x/y", // at home
  ] } } },
}
`;
  const { text } = agents({}, {}, { config });
  expect(text).toContain('"x/y", // at home');
  expect(text).not.toContain("openai-codex");
});

const BOTH = { ref: "openai/gpt-5.4", label: "GPT-5.4", for: "both" } as const;
const DOTENV = "";
const choice = () => chosen({ model: MODEL });

it("replaces a model that is gone wherever it stands, by the successor that the release names", () => {
  const gone = "google/gemini-1.5-pro";
  const next = "google/gemini-3.1-pro-preview";
  const shutDown = new Map([
    [gone, next],
    ["xai/odd", null],
  ]);
  const config = {
    defaults: {
      model: { primary: "x/y" },
      models: { [gone]: { alias: "g" }, "x/y": {} },
      imageModel: { primary: gone },
      subagents: { model: "xai/odd" },
    },
    list: [
      { id: "main", default: true, model: gone },
      { id: "ops", model: { primary: gone } },
    ],
  };
  const { agents: after, plan } = agents(config, {}, { shutDown });
  expect(after).toMatchObject({
    defaults: {
      models: { [next]: { alias: "g" }, "x/y": {} },
      imageModel: { primary: next },
      subagents: { model: MODEL },
    },
    list: [{ model: MODEL }, { model: { primary: next } }],
  });
  expect(plan.config.after).not.toContain(gone);
  const said = plan.repairs.filter(({ kind }) => kind === "shut-down-replaced");
  expect(said.every(({ accepted, important }) => accepted && important)).toBe(true);
  // Each can be left as it is.
  const declined = said.map(({ id }) => id);
  const left = agents(config, { declined }, { shutDown }).agents;
  expect(valueAt(left, ["defaults", "models", gone])).toEqual({ alias: "g" });
  expect(valueAt(left, ["list", 1, "model", "primary"])).toBe(gone);
  // The model of the person's choice goes before the successor.
  const accepted = ["agent-model:ops"];
  const chosen = agents(config, { accepted }, { shutDown }).agents;
  expect(valueAt(chosen, ["list", 1, "model", "primary"])).toBe(MODEL);
});
