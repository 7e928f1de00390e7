import { expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import { keptManifest } from "@/lib/openclaw/told/kept";
import { modelLabels, modelNamer } from "@/lib/setup/model-name";

const { era } = eraFor("2026.9.6");

it("is the release's own name beside the reference; of what it does not name, the reference alone", () => {
  const told = keptManifest(era.since)?.openAi ?? null;
  const named = modelNamer(modelLabels(era, told));
  expect(named("openai/gpt-6-sol")).toBe("GPT-6 Sol (openai/gpt-6-sol)");
  expect(named("openai/gpt-7-none")).toBe("openai/gpt-7-none");
  expect(named("anthropic/claude-opus-5")).toBe("anthropic/claude-opus-5");
  expect(named("~/.openclaw\u202e")).toBe("~/.openclaw⟨U+202E⟩");
});

it("is the table's where the release says nothing, and none that repeats the id", () => {
  const older = eraFor("2026.2.9").era;
  expect(modelNamer(modelLabels(older, null))("openai-codex/gpt-5.2")).toBe(
    "GPT-5.2 (openai-codex/gpt-5.2)",
  );
  const bare = {
    id: "gpt-6-sol",
    label: "gpt-6-sol",
    price: null,
    deprecated: false,
    successor: null,
  };
  const told = {
    models: [bare],
    loginModels: [],
    builtOn: null,
    retirements: [],
    defaults: { apiKey: null, chatgpt: null },
    providers: [],
    signInWays: [],
  };
  expect(modelLabels({ models: [] }, told)("openai/gpt-6-sol")).toBeNull();
  expect(modelLabels(era, told)("openai/gpt-6-sol")).toBe("GPT-6 Sol");
});
