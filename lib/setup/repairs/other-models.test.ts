import { describe, expect, it } from "vitest";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import { planned } from "@/lib/setup/testing/machine";

const OPUS = "anthropic/claude-opus-4-5";
const HAIKU = "anthropic/claude-haiku-4-5";

function offers(config: object, choices: Partial<ApiKeyChoices> = {}) {
  const plan = planned({ config }, choices);
  const repairs = plan.repairs.filter(({ kind }) => kind.endsWith("-model"));
  return {
    value: plan.config.value,
    offers: repairs.map(({ id, kind, accepted }) => [id, kind, accepted]),
  };
}

describe("the agent that answers where none is named", () => {
  it.each([
    [
      "a list",
      {
        list: [
          { id: "ops", model: OPUS },
          { id: "ada", default: true, model: OPUS },
        ],
      },
    ],
    ["entries", { entries: { ops: { model: OPUS }, ada: { default: true, model: OPUS } } }],
  ])("gets the chosen model unless declined, the others when asked for: %s", (_name, agents) => {
    expect(offers({ agents }).offers).toEqual([
      ["agent-model:ops", "agent-model", false],
      ["agent-model:ada", "default-agent-model", true],
    ]);
    const { value } = offers({ agents }, { declined: ["agent-model:ada"] });
    expect(value).toMatchObject({ agents });
  });

  it("keeps its own fallbacks", () => {
    const model = { primary: OPUS, fallbacks: [HAIKU] };
    const { value } = offers({ agents: { list: [{ id: "main", model }] } });
    expect(value).toMatchObject({
      agents: { list: [{ model: { primary: "openai/gpt-5.5", fallbacks: [HAIKU] } }] },
    });
  });

  it("is left where another provider stays first", () => {
    const agents = { defaults: { model: OPUS }, list: [{ id: "main", model: OPUS }] };
    expect(offers({ agents }, { otherDefault: "after" }).offers).toEqual([
      ["agent-model:main", "agent-model", false],
    ]);
  });
});

describe("models beside a conversation", () => {
  const config = {
    agents: {
      defaults: { imageModel: { primary: OPUS }, heartbeat: { every: "30m", model: HAIKU } },
      list: [{ id: "main", subagents: { model: { primary: HAIKU, fallbacks: [OPUS] } } }],
    },
    hooks: { mappings: [{ id: "mail", model: HAIKU }], gmail: { model: HAIKU } },
    channels: { modelByChannel: { telegram: { "-100": OPUS } } },
  };
  const ids = [
    "other-model:agents.defaults.heartbeat.model",
    "other-model:agents.defaults.imageModel",
    "other-model:agents.list.0.subagents.model",
    "other-model:hooks.gmail.model",
    "other-model:hooks.mappings.0.model",
    "other-model:channels.modelByChannel.telegram.-100",
  ];

  it("are offered each, and nothing of them changes unasked", () => {
    const found = offers(config);
    expect(found.offers).toEqual(ids.map((id) => [id, "other-model", false]));
    expect(found.value).toMatchObject(config);
  });

  it("are set where asked for, a text as a text and an object with its fallbacks", () => {
    const { value } = offers(config, { accepted: [ids[0] ?? "", ids[2] ?? "", ids[5] ?? ""] });
    const gpt = "openai/gpt-5.5";
    expect(value).toMatchObject({
      agents: {
        defaults: { imageModel: { primary: OPUS }, heartbeat: { every: "30m", model: gpt } },
        list: [{ id: "main", subagents: { model: { primary: gpt, fallbacks: [OPUS] } } }],
      },
      hooks: config.hooks,
      channels: { modelByChannel: { telegram: { "-100": gpt } } },
    });
  });

  it("are none of OpenAI's own, no alias, and nothing that is no text", () => {
    const defaults = {
      heartbeat: { model: "openai/gpt-5-nano" },
      subagents: { model: "fast" },
      imageModel: null,
      pdfModel: [],
    };
    expect(offers({ agents: { defaults }, hooks: { mappings: {} }, channels: [] }).offers).toEqual(
      [],
    );
  });
});
