import { describe, expect, it } from "vitest";
import {
  type Answer,
  type Chosen,
  differencesOf,
  isOther,
  NO_CIRCUMSTANCES,
  statusDifferences,
} from "@/lib/setup/verify/reply-differences";

const CHOSEN: Chosen = {
  model: "openai/gpt-5.5",
  behind: null,
  credential: { kind: "key", tail: "1a2b" },
  host: null,
  writtenAt: 0,
};
const ANSWER: Answer = {
  model: "openai/gpt-5.5",
  requested: null,
  refused: [],
  credential: { kind: "key-variable", key: "sk-proj-••••1a2b" },
  host: null,
};
const why = (answer: Partial<Answer>, chosen: Partial<Chosen> = {}, more = {}) =>
  differencesOf(
    { ...CHOSEN, ...chosen },
    { ...ANSWER, ...answer },
    { ...NO_CIRCUMSTANCES, ...more },
  ).map((one) => [one.what, one.why]);

describe("differencesOf", () => {
  it("finds none where all that is known fits", () => {
    expect(why({})).toEqual([]);
    expect(why({ model: "openai/gpt-5.5-2026-08-01" })).toEqual([]);
    expect(why({ model: "openai-codex/gpt-5.5" })).toEqual([]);
    expect(why({ credential: null })).toEqual([]);
    // Where nothing was chosen, whatever answers is right.
    expect(why({ model: "myproxy/foo" }, { credential: { kind: "kept" } })).toEqual([]);
    expect(why({ credential: { kind: "key-variable", key: "" } })).toEqual([]);
  });

  it("names a fallback, and why the chosen model did not answer", () => {
    const refused = [{ model: "openai/gpt-5.5", reason: "billing" }];
    expect(why({ model: "myproxy/foo", refused })).toEqual([
      ["model", { kind: "fallback", code: "no-credit" }],
    ]);
    // 2026.9.6 may say only that another was asked for.
    expect(why({ model: "myproxy/foo", requested: "openai/gpt-5.5" })).toEqual([
      ["model", { kind: "fallback", code: null }],
    ]);
  });

  it("tells a pinned session, an agent's own model and a choice apart", () => {
    const other = { model: "openai/gpt-5.4", requested: "openai/gpt-5.4" };
    expect(why(other)).toEqual([["model", { kind: "pinned" }]]);
    expect(why(other, {}, { agentModel: "openai/gpt-5.4" })).toEqual([
      ["model", { kind: "agent-model" }],
    ]);
    expect(why(other, { behind: "openai/gpt-5.4" })).toEqual([["model", { kind: "by-choice" }]]);
    expect(why({ model: "openai/gpt-5.4" })).toEqual([["model", { kind: "unknown" }]]);
    expect(why({ model: "openai/gpt-5.4" }, {}, { sessionModel: "openai/gpt-5.4" })).toEqual([
      ["model", { kind: "pinned" }],
    ]);
  });

  it("names another key, and the store or the service it is from", () => {
    const credential = { kind: "key-profile", key: "sk-proj-••••AAAA" } as const;
    expect(why({ credential })).toEqual([["credential", { kind: "unknown" }]]);
    expect(why({ credential }, {}, { agentStore: "/home/ada/own/auth-profiles.json" })).toEqual([
      ["credential", { kind: "agent-store", path: "/home/ada/own/auth-profiles.json" }],
    ]);
    expect(why({ credential }, {}, { otherSource: "OPENAI_API_KEY" })).toEqual([
      ["credential", { kind: "other-source", path: "OPENAI_API_KEY" }],
    ]);
  });

  it("compares the host where both are known", () => {
    expect(why({ host: "api.openai.com" }, { host: "eu.api.openai.com" })).toEqual([
      ["host", { kind: "unknown" }],
    ]);
    expect(why({ host: null }, { host: "eu.api.openai.com" })).toEqual([]);
  });
});

describe("isOther", () => {
  const key = { kind: "key", tail: "1a2b" } as const;
  const login = { kind: "login", account: "ada@example.com" } as const;
  it.each([
    [key, { kind: "login", account: "" }, true],
    [key, { kind: "key-config", key: "sk-…AAAA" }, true],
    [key, { kind: "key-config", key: "sk-…1a2b" }, false],
    [{ kind: "key", tail: "" }, { kind: "key-config", key: "sk-…AAAA" }, false],
    [key, { kind: "unknown", words: "?" }, false],
    [login, { kind: "key-variable", key: "" }, true],
    [login, { kind: "login", account: "eve@example.com" }, true],
    [login, { kind: "login", account: "" }, false],
    [login, { kind: "login", account: "ada@example.com" }, false],
  ] as const)("%j %j", (chosen, used, expected) => {
    expect(isOther(chosen, used)).toBe(expected);
  });
});

it("does not hold against the status what the person left in front", () => {
  const status = { model: "myproxy/foo", credential: { kind: "unknown", words: "" } } as const;
  expect(statusDifferences({ ...CHOSEN, behind: "myproxy/foo" }, status)).toEqual([]);
  expect(statusDifferences(CHOSEN, status)).toHaveLength(1);
});
