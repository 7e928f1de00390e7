import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { ERAS, eraFor } from "@/lib/openclaw/releases/table";
import { readOpenAiExtension, type ToldOpenAi } from "@/lib/openclaw/told/openai-extension";
import { type ModelQuestion, modelChoices, subscriptionChoices } from "@/lib/setup/model-proposals";
import { parseModelRef } from "@/lib/setup/model-ref";
import { NEWEST } from "@/lib/setup/testing/machine";

const JULY = ERAS.find(({ since }) => since === "2026.7.1") as ReleaseEra;
const TWO = {
  ...NEWEST,
  models: NEWEST.models.filter(({ ref }) => /gpt-(?:6-astra|5\.5)$/u.test(ref)),
};

function ask(
  era: ReleaseEra,
  listed: readonly string[] | null,
  rest: Partial<ModelQuestion> = {},
): ModelQuestion {
  return { era, listed, told: null, present: null, ...rest };
}

it("offers no retired model, recommends exactly one, and each is a reference", () => {
  const ids = fc.array(
    fc.constantFrom("gpt-5.2", "gpt-5.4", "gpt-5.5", "gpt-6-astra", "o3", "tts-1"),
  );
  fc.assert(
    fc.property(fc.constantFrom(...ERAS), fc.option(ids), (era, listed) => {
      const choices = modelChoices(ask(era, listed));
      expect(choices.filter(({ ref }) => ref in era.retiredModels)).toEqual([]);
      expect(choices.filter(({ recommended }) => recommended).length).toBe(choices.length ? 1 : 0);
      expect(choices.every(({ ref }) => parseModelRef(ref).ok)).toBe(true);
    }),
  );
});

it("says which models were tried with the release", () => {
  const tried = (ref: string) =>
    modelChoices(ask(NEWEST, ["gpt-5.5", "gpt-7"])).find((choice) => choice.ref === ref)?.known;
  expect([tried("openai/gpt-5.5"), tried("openai/gpt-7")]).toEqual([true, false]);
});

it("recommends the release's default, else the first model both know", () => {
  const best = (listed: string[] | null) =>
    modelChoices(ask(JULY, listed)).find(({ recommended }) => recommended)?.ref;
  expect(best(null)).toBe("openai/gpt-5.5");
  expect(best(["gpt-5.4", "gpt-5.5"])).toBe("openai/gpt-5.5");
  expect(best(["gpt-7", "gpt-5.4"])).toBe("openai/gpt-5.4");
  expect(best(["gpt-7"])).toBe("openai/gpt-7");
});

it.each(ERAS.map((era) => [era.since, era] as const))(
  "a subscription from %s on is offered what it can use, the release's default first",
  (_since, era) => {
    const choices = subscriptionChoices(ask(era, null));
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
    subscriptionChoices(ask(TWO, listed)).map(({ ref, recommended }) => [ref, recommended]);
  const all = offered(null);
  expect(all.length).toBeGreaterThan(1);
  expect(offered(["gpt-6-astra", "gpt-9-new"])).toEqual([["openai/gpt-6-astra", true]]);
  expect(offered(["gpt-6-astra", "gpt-5.5"])).toEqual(all);
  // None that both know says nothing of which one works.
  expect(offered(["gpt-9-new"])).toEqual(all);
  expect(offered([])).toEqual(all);
});

const root = mkdtempSync(path.join(tmpdir(), "openclaw-told-"));
afterAll(() => rmSync(root, { recursive: true }));

const TIERS = [
  { id: "gpt-8-big", name: "GPT-8 Big", cost: { input: 10, output: 50 } },
  { id: "gpt-8-main", name: "GPT-8 Main", cost: { input: 2, output: 10 } },
  { id: "gpt-8-small", name: "GPT-8 Small", cost: { input: 0.1, output: 0.5 } },
  { id: "gpt-7.5-main", name: "GPT-7.5 Main", cost: { input: 5, output: 30 } },
  { id: "gpt-7", name: "GPT-7", cost: { input: 1, output: 2 } },
  {
    id: "gpt-6.5",
    status: "deprecated",
    replacedBy: "gpt-7.5-main",
    cost: { input: 0.01, output: 0.01 },
  },
];
const GONE_FOR_LOGINS = {
  provider: "openai",
  model: "gpt-7",
  retirement: { replacedBy: "gpt-7.5-main" },
  when: { baseUrlHosts: ["chatgpt.com"] },
};
let count = 0;

/** As an installed package says it, and read as one. */
function told(
  models: unknown = TIERS,
  declaration = 'export declare const OPENAI_DEFAULT_MODEL = "openai/gpt-8-big";\nexport declare const OPENAI_CODEX_DEFAULT_MODEL = "openai/gpt-8-big";',
): ToldOpenAi | null {
  count += 1;
  const folder = path.join(root, `${count}`, "dist", "extensions", "openai");
  mkdirSync(folder, { recursive: true });
  const manifest = {
    providerAuthChoices: [{ provider: "openai", method: "oauth", choiceId: "openai" }, "odd"],
    modelCatalog: { providers: { openai: { models } }, suppressions: [GONE_FOR_LOGINS] },
  };
  writeFileSync(path.join(folder, "openclaw.plugin.json"), JSON.stringify(manifest));
  writeFileSync(path.join(folder, "api.d.ts"), declaration);
  return readOpenAiExtension(folder);
}

describe("with what the installed release says", () => {
  const ALL = TIERS.map(({ id }) => id);
  const proposals = (question: ModelQuestion) =>
    modelChoices(question).flatMap(({ ref, reason }) => (reason ? [[ref, reason]] : []));

  it("a key is recommended the newest of the line that older models lead to, at most three are proposed", () => {
    const question = ask(NEWEST, ALL, { told: told() });
    expect(modelChoices(question)[0]).toMatchObject({
      ref: "openai/gpt-8-main",
      label: "GPT-8 Main",
      recommended: true,
      price: { input: 2, output: 10 },
    });
    expect(proposals(question)).toEqual([
      ["openai/gpt-8-main", "value"],
      ["openai/gpt-8-big", "default"],
      ["openai/gpt-8-small", "cheapest"],
    ]);
  });

  it("an account without the newest of it is recommended the one before", () => {
    const question = ask(NEWEST, ["gpt-8-big", "gpt-7.5-main"], { told: told() });
    expect(modelChoices(question).find(({ recommended }) => recommended)?.ref).toBe(
      "openai/gpt-7.5-main",
    );
  });

  it("where no line is told and the account lacks the default, it is the newest of the default's line", () => {
    const models = TIERS.filter(({ id }) => id !== "gpt-6.5");
    const declaration =
      'export declare const OPENAI_DEFAULT_MODEL = "openai/gpt-8";\nexport declare const OPENAI_CODEX_DEFAULT_MODEL = "openai/gpt-8-main";';
    const listed = ["gpt-7", "gpt-7.5-main", "gpt-8-big", "gpt-8-main", "gpt-9-main"];
    const recommendedOf = (ids: string[]) =>
      modelChoices(ask(NEWEST, ids, { told: told(models, declaration) })).find(
        ({ recommended }) => recommended,
      )?.ref;
    expect(recommendedOf(listed)).toBe("openai/gpt-8-main");
    expect(recommendedOf(["gpt-7", "gpt-7.5-main"])).toBe("openai/gpt-7.5-main");
    expect(recommendedOf([...listed, "gpt-8"])).toBe("openai/gpt-8");
  });

  it("where the account lists nothing current that the release knows, nothing is recommended", () => {
    const choices = modelChoices(ask(NEWEST, ["gpt-6.5", "gpt-9-new"], { told: told() }));
    expect(choices.map(({ ref, recommended, known }) => [ref, recommended, known])).toEqual([
      ["openai/gpt-9-new", false, false],
      ["openai/gpt-6.5", false, true],
    ]);
  });

  it("a model of the key's list alone is none that the release was seen with by login", () => {
    const { era } = eraFor("2026.5.7");
    const list = told();
    if (list === null) throw new Error("not read");
    const loginModels = list.models.slice(0, 1);
    const question = ask(era, ["gpt-8-big", "gpt-7"], {
      told: { ...list, loginModels, retirements: [] },
    });
    expect(subscriptionChoices(question).map(({ ref, known }) => [ref, known])).toEqual([
      ["openai-codex/gpt-8-big", true],
      ["openai-codex/gpt-7", false],
    ]);
  });

  it("what is deprecated comes last, with its successor, and is never recommended or the cheapest", () => {
    const choices = modelChoices(ask(NEWEST, ALL, { told: told() }));
    expect(choices.at(-1)).toMatchObject({
      ref: "openai/gpt-6.5",
      recommended: false,
      reason: null,
      retired: { successor: "gpt-7.5-main", gone: false },
    });
  });

  it("the model of the config stays first where the account lists it, and only there", () => {
    const present = "openai/gpt-6.5";
    const kept = modelChoices(ask(NEWEST, ALL, { told: told(), present }));
    expect(kept[0]).toMatchObject({ ref: present, reason: "present", recommended: false });
    const gone = modelChoices(ask(NEWEST, ["gpt-8-main"], { told: told(), present }));
    expect(gone.map(({ ref }) => ref)).toEqual(["openai/gpt-8-main"]);
  });

  it("a subscription gets what its account lists, without what the release retired for logins, and no prices", () => {
    const listed = ["gpt-8-small", "gpt-8-main", "gpt-7", "gpt-9-new"];
    const choices = subscriptionChoices(ask(NEWEST, listed, { told: told() }));
    expect(choices.map(({ ref, known }) => [ref, known])).toEqual([
      ["openai/gpt-8-main", true],
      ["openai/gpt-8-small", true],
      ["openai/gpt-9-new", false],
      ["openai/gpt-7", true],
    ]);
    expect(choices[0]?.recommended).toBe(true);
    expect(choices.at(-1)?.retired).toEqual({
      successor: "gpt-7.5-main",
      successorLabel: "GPT-7.5 Main",
      gone: true,
    });
    expect(choices.every(({ price }) => price === null)).toBe(true);
  });

  it("a subscription is recommended the release's own default where the account lists it or no list is known", () => {
    for (const listed of [null, ["gpt-8-small", "gpt-8-big"]]) {
      const choices = subscriptionChoices(ask(NEWEST, listed, { told: told() }));
      expect(choices[0]).toMatchObject({ ref: "openai/gpt-8-big", reason: "default" });
    }
  });

  it("entries that read otherwise are left out, and a file that does changes nothing", () => {
    const odd = told([{ id: "../x" }, 7, { id: "gpt-8-main" }], "export {};");
    expect(odd?.models.map(({ id }) => id)).toEqual(["gpt-8-main"]);
    expect(odd?.defaults).toEqual({ apiKey: null, chatgpt: null });
    expect(odd?.signInWays).toEqual([
      { provider: "openai", method: "oauth", label: null, hint: null },
    ]);
    expect(told("no list")).toBeNull();
    expect(readOpenAiExtension(path.join(root, "nothing"))).toBeNull();
  });
});
