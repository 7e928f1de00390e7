import fc from "fast-check";
import { expect, it } from "vitest";
import { ERAS } from "@/lib/openclaw/releases/table";
import { modelChoices, parseModelRef, subscriptionChoices } from "@/lib/setup/model-choices";
import { NEWEST } from "@/lib/setup/testing/machine";

it.each([
  ["openai/gpt-5.5", "openai", "gpt-5.5"],
  ["  openrouter/openai/gpt-5:free \n", "openrouter", "openai/gpt-5:free"],
  ["ollama/llama3:8b", "ollama", "llama3:8b"],
])("reads %j", (text, provider, model) => {
  expect(parseModelRef(text)).toEqual({
    ok: true,
    value: { provider, model, ref: `${provider}/${model}` },
  });
});

it.each([
  ["", "empty"],
  ["gpt-5.5", "form"],
  ["/gpt-5.5", "form"],
  ["openai/", "form"],
  ["openai//gpt", "form"],
  ["openai/a//b", "form"],
  ["openai/a/", "form"],
  ["openai/gpt 5", "form"],
  ["openai/gpt\u0000", "form"],
  ["openai/gpt\u212A", "form"],
  [`openai/${"x".repeat(200)}`, "too-long"],
])("refuses %j", (text, code) => {
  expect(parseModelRef(text)).toEqual({ ok: false, error: { code } });
});

it("offers no retired model, recommends exactly one, and each is a reference", () => {
  const ids = fc.array(
    fc.constantFrom("gpt-5.2", "gpt-5.4", "gpt-5.5", "gpt-6-astra", "o3", "tts-1"),
  );
  fc.assert(
    fc.property(fc.constantFrom(...ERAS), fc.option(ids), (era, listed) => {
      const choices = modelChoices(era, listed);
      expect(choices.filter(({ ref }) => ref in era.retiredModels)).toEqual([]);
      expect(choices.filter(({ recommended }) => recommended).length).toBe(choices.length ? 1 : 0);
      expect(choices.every(({ ref }) => parseModelRef(ref).ok)).toBe(true);
    }),
  );
});

it("says which models were tried with the release", () => {
  const tried = (ref: string) =>
    modelChoices(NEWEST, ["gpt-5.5", "gpt-7"]).find((choice) => choice.ref === ref)?.tried;
  expect([tried("openai/gpt-5.5"), tried("openai/gpt-7")]).toEqual([true, false]);
});

it("recommends the release's default, else the first model both know", () => {
  const best = (listed: string[] | null) =>
    modelChoices(NEWEST, listed).find(({ recommended }) => recommended)?.ref;
  expect(best(null)).toBe("openai/gpt-5.5");
  expect(best(["gpt-6-astra", "gpt-5.5"])).toBe("openai/gpt-5.5");
  expect(best(["gpt-7", "gpt-6-astra"])).toBe("openai/gpt-6-astra");
  expect(best(["gpt-7"])).toBe("openai/gpt-7");
});

it.each(ERAS.map((era) => [era.since, era] as const))(
  "a subscription from %s on is offered what it can use, the release's default first",
  (_since, era) => {
    const choices = subscriptionChoices(era, null);
    expect(choices[0]).toMatchObject({ ref: era.defaultModel.chatgpt, recommended: true });
    const onlyByKey = era.models.filter((model) => model.for === "apiKey").map(({ ref }) => ref);
    for (const { ref } of choices) {
      expect(onlyByKey).not.toContain(ref);
      expect(era.retiredModels).not.toHaveProperty([ref]);
    }
    expect(new Set(choices.map(({ ref }) => ref)).size).toBe(choices.length);
  },
);

it("a subscription whose models ChatGPT lists is offered those the release knows, and no others", () => {
  const offered = (listed: readonly string[] | null) =>
    subscriptionChoices(NEWEST, listed).map(({ ref, recommended }) => [ref, recommended]);
  const all = offered(null);
  expect(all.length).toBeGreaterThan(1);
  expect(offered(["gpt-6-astra", "gpt-9-new"])).toEqual([["openai/gpt-6-astra", true]]);
  expect(offered(["gpt-6-astra", "gpt-5.5"])).toEqual(all);
  // None that both know says nothing of which one works.
  expect(offered(["gpt-9-new"])).toEqual(all);
  expect(offered([])).toEqual(all);
});
