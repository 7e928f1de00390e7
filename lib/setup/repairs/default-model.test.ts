import JSON5 from "json5";
import { describe, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import type { OtherDefault } from "@/lib/setup/choices";
import { type Found, planned, written } from "@/lib/setup/testing/machine";

const NEW = "openai/gpt-5.5";
const OWN = "anthropic/claude-opus-4-6";

const KEYS = ["ANTHROPIC_API_KEY"];

function model(found: unknown, otherDefault: OtherDefault | null = null) {
  const config = { agents: { defaults: { model: found } } };
  const plan = planned({ config, environmentKeys: KEYS }, { otherDefault });
  return {
    model: JSON5.parse(plan.config.after).agents.defaults.model as unknown,
    kinds: plan.changes.map(({ kind }) => kind).filter((kind) => !kind.includes("key")),
    found: plan.otherDefault,
  };
}

describe("a default model of another provider", () => {
  it("stays behind the new one unless the person says otherwise", () => {
    const fallbacks = ["ollama/llama3.3"];
    expect(model({ primary: OWN, fallbacks })).toEqual({
      model: { primary: NEW, fallbacks: [OWN, ...fallbacks] },
      kinds: ["set-model-first"],
      found: { from: OWN, choice: "first", answers: true, gone: null },
    });
    expect(model(OWN).model).toEqual({ primary: NEW, fallbacks: [OWN] });
    expect(model({ primary: OWN }).model).toEqual({ primary: NEW, fallbacks: [OWN] });
  });

  it("is replaced, or kept with the new one as fallback, where that is chosen", () => {
    const fallbacks = ["ollama/llama3.3"];
    expect(model(OWN, "instead")).toMatchObject({ model: NEW, kinds: ["set-model-instead"] });
    expect(model({ primary: OWN, fallbacks }, "instead").model).toEqual({
      primary: NEW,
      fallbacks,
    });
    expect(model(OWN, "after")).toMatchObject({
      model: { primary: OWN, fallbacks: [NEW] },
      kinds: ["add-fallback"],
    });
    expect(model({ primary: OWN, fallbacks }, "after").model).toEqual({
      primary: OWN,
      fallbacks: [...fallbacks, NEW],
    });
  });

  it("is not asked about again: each answer, planned a second time, changes nothing", () => {
    for (const choice of ["first", "instead", "after"] as const) {
      const fallbacks = [NEW, "ollama/llama3.3", OWN];
      for (const found of [OWN, { primary: OWN }, { primary: OWN, fallbacks }]) {
        const first = planned(
          { config: { agents: { defaults: { model: found } } } },
          { otherDefault: choice },
        );
        const second = planned({ config: first.config.after });
        expect(second.files.map(({ role }) => role)).toEqual(["dotenv"]);
        expect(second.otherDefault?.choice ?? "after").toBe("after");
      }
    }
  });

  it("is replaced where nothing could let it answer, unless it is to stay", () => {
    const agents = { defaults: { model: OWN } };
    const choice = (found: Found) => planned(found).otherDefault?.choice;
    expect(planned({ config: { agents } }).otherDefault).toEqual({
      from: OWN,
      choice: "instead",
      answers: false,
      gone: null,
    });
    for (const found of [
      { config: { agents }, environmentKeys: ["ANTHROPIC_OAUTH_TOKEN"] },
      { config: { agents }, dotenv: "ANTHROPIC_API_KEY=x\n" },
      { config: { agents, env: { vars: { ANTHROPIC_API_KEY: "x" } } } },
      { config: { agents, models: { providers: { anthropic: {} } } } },
      { config: { agents, auth: { profiles: { a: { provider: "anthropic" } } } } },
      { config: { agents }, profiles: '{"profiles":{"a":{"provider":"anthropic"}}}' },
    ]) {
      expect(choice(found)).toBe("first");
    }
    expect(choice({ config: { agents }, environmentKeys: ["OTHER_API_KEY"] })).toBe("instead");
  });

  it.each([
    ["google/gemini-3-pro-preview", "GEMINI_API_KEY"],
    ["github-copilot/gpt-4o", "GH_TOKEN"],
    ["vercel-ai-gateway/x/y", "AI_GATEWAY_API_KEY"],
  ])("%s stays where its key has another name: %s", (ref, name) => {
    const config = { agents: { defaults: { model: ref } } };
    expect(planned({ config, dotenv: `${name}=x\n` }).otherDefault?.choice).toBe("first");
    expect(planned({ config, dotenv: "FOO_API_KEY=x\n" }).otherDefault?.choice).toBe("instead");
  });

  it("may be an alias or a variable", () => {
    for (const from of ["opus", `\${MY_MODEL}`]) {
      expect(model(from).found).toEqual({ from, choice: "first", answers: true, gone: null });
    }
    for (const ours of [undefined, "", NEW, "openai/gpt-5.2", "openai-codex/gpt-5.2"]) {
      expect(model(ours).found).toBeNull();
    }
  });

  it("is none where an alias stands for a model of OpenAI, or the chosen one is named alone", () => {
    const models = { [NEW]: { alias: "gpt" }, [OWN]: { alias: "opus" } };
    const found = (own: string, environmentKeys: string[] = []) => {
      const config = { agents: { defaults: { model: own, models } } };
      return planned({ config, environmentKeys });
    };
    for (const ours of ["gpt", "gpt-5.5"]) {
      expect(found(ours).otherDefault).toBeNull();
      expect(found(ours).config.value).toMatchObject({ agents: { defaults: { model: NEW } } });
    }
    expect(found("opus").otherDefault).toMatchObject({ choice: "instead", answers: false });
    expect(found("opus", KEYS).otherDefault).toMatchObject({
      choice: "first",
      answers: true,
      gone: null,
    });
  });

  it("becomes an object for a release that takes no text", () => {
    const era = eraFor("2026.2.9").era;
    for (const own of [OWN, "openai/gpt-5.2", "openai/gpt-5.1-codex"]) {
      const config = { agents: { defaults: { model: own } } };
      const plan = planned({ config, era }, { model: "openai/gpt-5.2" });
      expect(plan.config.value).toMatchObject({
        agents: { defaults: { model: { primary: "openai/gpt-5.2" } } },
      });
    }
  });

  it("goes together with the repair of a retired fallback", () => {
    expect(model({ primary: OWN, fallbacks: ["openai/gpt-5.2", "x/y"] }).model).toEqual({
      primary: NEW,
      fallbacks: [OWN, "openai/gpt-5.6-sol", "x/y"],
    });
  });

  it("keeps the comments in the list of fallbacks", () => {
    const config = `{ agents: { defaults: { model: {
      primary: "${OWN}", // the good one
      fallbacks: [
        "ollama/llama3.3", // at home
        // more to come
      ],
    } } } }`;
    const after = written(planned({ config, environmentKeys: KEYS }), "config") ?? "";
    expect(JSON5.parse(after).agents.defaults.model.fallbacks).toEqual([OWN, "ollama/llama3.3"]);
    for (const note of ["// the good one", "// at home", "// more to come"]) {
      expect(after).toContain(note);
    }
  });

  it("lets the new model through the list that a newer release made of it", () => {
    const defaultsWith = (allow: string[]) => {
      const defaults = { model: "openai/gpt-5.4", models: { [OWN]: {} }, modelPolicy: { allow } };
      const plan = planned({ config: { agents: { defaults } } });
      return JSON5.parse(plan.config.after).agents.defaults;
    };
    expect(defaultsWith([OWN])).toMatchObject({
      models: { [OWN]: {} },
      modelPolicy: { allow: [OWN, NEW] },
    });
    for (const allow of [[], [NEW], ["openai/*"], ["*"]]) {
      expect(defaultsWith(allow).modelPolicy.allow).toEqual(allow);
    }
  });

  it("lets the new model through a list of allowed ones in each case", () => {
    for (const otherDefault of ["first", "instead", "after"] as const) {
      const agents = { defaults: { model: OWN, models: { [OWN]: {} } } };
      const plan = planned({ config: { agents } }, { otherDefault, declined: ["runtime-pin"] });
      expect(JSON5.parse(plan.config.after).agents.defaults.models).toEqual({
        [OWN]: {},
        [NEW]: {},
      });
    }
  });
});

describe("a default model that is gone", () => {
  const GONE = "google/gemini-3-pro-preview";
  const look = (
    from: string,
    shutDown: readonly string[],
    otherDefault: OtherDefault | null = null,
  ) => {
    const config = { agents: { defaults: { model: { primary: from, fallbacks: [OWN] } } } };
    const plan = planned(
      {
        config,
        environmentKeys: [...KEYS, "GEMINI_API_KEY"],
        shutDown: new Map(shutDown.map((ref) => [ref, null])),
      },
      { otherDefault },
    );
    return {
      found: plan.otherDefault,
      after: JSON5.parse(plan.config.after).agents.defaults.model,
    };
  };

  it.each([
    ["shut down", GONE, [GONE], "shut-down"],
    ["a template", "{{DEFAULT_MODEL}}", [], "unfilled"],
    ["a template behind a provider", "anthropic/<your-model>", [], "unfilled"],
    ["a word to be replaced", "YOUR_MODEL", [], "unfilled"],
  ])("is no fallback of the new one: %s", (_, from, shutDown, gone) => {
    const { found, after } = look(from, shutDown);
    expect(found).toMatchObject({ from, choice: "instead", gone });
    expect(after).toEqual({ primary: NEW, fallbacks: [OWN] });
  });

  it("stays where the person says so, and one that is not gone stays by itself", () => {
    expect(look(GONE, [GONE], "first").after).toEqual({ primary: NEW, fallbacks: [GONE, OWN] });
    expect(look(GONE, ["google/gemini-1.5-pro"]).after.fallbacks).toEqual([GONE, OWN]);
  });
});

it("says which of OpenAI's own models is replaced", () => {
  const config = { agents: { defaults: { model: "openai/gpt-5.1" } } };
  expect(planned({ config }).changes).toContainEqual({
    kind: "set-model-instead",
    data: { model: NEW, from: "openai/gpt-5.1" },
  });
  expect(planned({ config: {} }).changes).toContainEqual({
    kind: "set-model",
    data: { model: NEW },
  });
});

it("counts every setting that stays, those in lists too, and tells whether there are comments", () => {
  const list = Array.from({ length: 200 }, (_, id) => ({ id, name: "x", on: true }));
  const plan = planned({ config: { agents: { defaults: { model: NEW } }, bindings: list } });
  expect(plan.untouched).toBe(601);
  expect(plan.hasComments).toBe(false);
  expect(planned({ config: "{ a: 1 /* mine */ }" }).hasComments).toBe(true);
  expect(planned({ config: '{ a: "// no comment" }' }).hasComments).toBe(false);
});
