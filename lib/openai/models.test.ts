import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { agentModels, modelId } from "@/lib/openai/models";

/** What a long-standing account lists, in the API's order, which is none. */
const LISTED = [
  "gpt-4-0613",
  "gpt-4",
  "gpt-3.5-turbo",
  "gpt-3.5-turbo-1106",
  "gpt-3.5-turbo-instruct",
  "gpt-3.5-turbo-instruct-0914",
  "davinci-002",
  "babbage-002",
  "dall-e-3",
  "tts-1",
  "tts-1-hd",
  "tts-1-hd-1106",
  "whisper-1",
  "text-embedding-3-small",
  "text-embedding-ada-002",
  "omni-moderation-latest",
  "omni-moderation-2024-09-26",
  "gpt-4-1106-preview",
  "gpt-4-turbo-preview",
  "gpt-4-0125-preview",
  "gpt-4-turbo",
  "gpt-4-turbo-2024-04-09",
  "gpt-4o",
  "gpt-4o-2024-08-06",
  "gpt-4o-2024-11-20",
  "gpt-4o-mini",
  "gpt-4o-audio-preview",
  "gpt-4o-realtime-preview-2024-12-17",
  "gpt-4o-search-preview",
  "gpt-4o-mini-search-preview-2025-03-11",
  "gpt-4o-transcribe",
  "gpt-4o-transcribe-diarize",
  "gpt-4o-mini-tts",
  "chatgpt-4o-latest",
  "gpt-4.1",
  "gpt-4.1-2025-04-14",
  "gpt-4.1-mini",
  "gpt-4.1-nano",
  "gpt-5-chat-latest",
  "gpt-5",
  "gpt-5-2025-08-07",
  "gpt-5-mini",
  "gpt-5-nano",
  "gpt-5-pro",
  "gpt-5-codex",
  "gpt-5-search-api",
  "gpt-5.1",
  "gpt-5.1-codex-mini",
  "gpt-5.5-pro-2026-04-23",
  "gpt-5.5",
  "gpt-5.5-2026-04-23",
  "gpt-5.5-pro",
  "gpt-5.10",
  "gpt-6-astra",
  "gpt-image-1",
  "gpt-image-1-mini",
  "gpt-realtime",
  "gpt-audio-mini",
  "sora-2-pro",
  "codex-mini-latest",
  "computer-use-preview",
  "o1-2024-12-17",
  "o3",
  "o3-2025-04-16",
  "o3-mini",
  "o3-deep-research",
  "o4-mini",
  "o4-mini-deep-research-2025-06-26",
  "ft:gpt-4.1-mini-2025-04-14:acme::AbCd",
  "ft:davinci-002:acme::AbCd",
  "gpt-5.5",
];

describe("agentModels", () => {
  const models = agentModels(LISTED);
  const ids = models.map((model) => model.id);

  test("keeps conversation models only, newest family first, aliases before what is special", () => {
    expect(ids).toEqual([
      "gpt-6-astra",
      "gpt-5.10",
      "gpt-5.5",
      "gpt-5.5-pro",
      "gpt-5.1",
      "gpt-5.1-codex-mini",
      "gpt-5",
      "gpt-5-codex",
      "gpt-5-pro",
      "gpt-5-mini",
      "gpt-5-nano",
      "gpt-5-chat-latest",
      "o4-mini",
      "o3",
      "o3-mini",
      "o1-2024-12-17",
      "codex-mini-latest",
      "gpt-4.1",
      "gpt-4.1-mini",
      "gpt-4.1-nano",
      "gpt-4o",
      "gpt-4o-mini",
      "chatgpt-4o-latest",
      "gpt-4",
      "gpt-4-0125-preview",
      "gpt-4-1106-preview",
      "gpt-4-turbo",
      "gpt-4-turbo-preview",
      "gpt-3.5-turbo",
      "ft:gpt-4.1-mini-2025-04-14:acme::AbCd",
    ]);
  });

  test("folds snapshots under the alias that is listed too", () => {
    const snapshots = (id: string) => models.find((model) => model.id === id)?.snapshots;
    expect(snapshots("gpt-4o")).toEqual(["gpt-4o-2024-11-20", "gpt-4o-2024-08-06"]);
    expect(snapshots("gpt-5.5")).toEqual(["gpt-5.5-2026-04-23"]);
    expect(snapshots("gpt-5.5-pro")).toEqual(["gpt-5.5-pro-2026-04-23"]);
    expect(snapshots("gpt-4")).toEqual(["gpt-4-0613"]);
    expect(snapshots("o1-2024-12-17")).toEqual([]);
  });

  test("marks what talks but does not act", () => {
    const chat = models.filter((model) => model.suits === "chat").map((model) => model.id);
    expect(chat).toEqual(["gpt-5-chat-latest", "chatgpt-4o-latest"]);
  });

  test("keeps models of other makers behind the same address, last", () => {
    const mixed = agentModels(["llama-3.3-70b", "gpt-4o", "claude-sonnet-4", "qwen3-embedding-8b"]);
    expect(mixed.map((model) => model.id)).toEqual(["gpt-4o", "claude-sonnet-4", "llama-3.3-70b"]);
  });

  test("the order does not depend on the order listed, and no usable id is lost", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(LISTED, { minLength: LISTED.length }), (shuffled) => {
        expect(agentModels(shuffled)).toEqual(models);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 })), (random) => {
        const out = agentModels(random).flatMap((model) => [model.id, ...model.snapshots]);
        expect(new Set(out).size).toBe(out.length);
        for (const id of out) expect(random).toContain(id);
      }),
    );
  });
});

test.each([
  ["gpt-5.5", true],
  ["ft:gpt-4o-mini:acme::Ab12", true],
  ["meta-llama/Llama-3.1-8B", true],
  ["gpt-5.5\u202e", false],
  ["gpt\u200b-5.5", false],
  ["gpt-5.5\n", false],
  ["<img src=x>", false],
  ["", false],
])("a listed id names a model or is left out: %j", (id, isId) => {
  expect(modelId.safeParse(id).success).toBe(isId);
});
