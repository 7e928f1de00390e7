import { expect, it } from "vitest";
import { normaliseStatus, StatusAnswer } from "@/lib/openclaw/command/models-status";
import answers from "@/lib/openclaw/command/testing/answers.json";
import { credentialOf, hasBackup, storedIn } from "@/lib/setup/verify/credential-in-use";

/** What the real release printed, with these changes. */
function status(text: string, change: (answer: ReturnType<typeof StatusAnswer.parse>) => void) {
  const answer = StatusAnswer.parse(JSON.parse(text));
  change(answer);
  return normaliseStatus(answer, []);
}
const NEWEST = answers["2026.9.6"]["status-oauth-and-key"].stdout;
const used = (
  text: string,
  provider = "openai",
  order: readonly string[] = [],
  change: Parameters<typeof status>[1] = () => {},
) =>
  credentialOf(
    status(text, change).providers.find((one) => one.provider === provider),
    order,
  );

it("names a login by its account, a key by where it is", () => {
  const older = answers["2026.2.9"]["status-oauth"].stdout;
  expect(used(older, "openai-codex")).toEqual({ kind: "login", account: "alex@example.org" });
  expect(used(NEWEST)).toEqual({ kind: "login", account: "alex@example.org" });
  expect(used(older)).toEqual({
    kind: "key-variable",
    key: expect.stringMatching(/^sk-proj-.*TATE$/u),
  });
  expect(used(answers["2026.6.10"]["status-profile"].stdout)).toEqual({
    kind: "key-profile",
    key: expect.stringMatching(/^sk-proj-.*PROF$/u),
  });
  expect(used(NEWEST, "nobody")).toEqual({ kind: "unknown", words: "" });
});

it("of several logins names the one that the order puts first, and none without an order", () => {
  const second = (answer: ReturnType<typeof StatusAnswer.parse>) => {
    const [profile] = answer.auth.oauth.profiles;
    if (profile) answer.auth.oauth.profiles.push({ ...profile, profileId: "openai:setup-1" });
    answer.auth.providers[0]?.profiles.labels.push("openai:setup-1=OAuth (ada@example.com)");
  };
  const order = ["openai:setup-1", "openai:default"];
  expect(used(NEWEST, "openai", order, second)).toEqual({
    kind: "login",
    account: "ada@example.com",
  });
  expect(used(NEWEST, "openai", [], second)).toEqual({ kind: "login", account: "" });
});

it("a key behind the login is a backup; before it, it is what is used", () => {
  const withKey = (answer: ReturnType<typeof StatusAnswer.parse>) => {
    const [profile] = answer.auth.oauth.profiles;
    const key = { profileId: "openai:setup-key", type: "api_key", status: "static" };
    if (profile) answer.auth.oauth.profiles.unshift({ ...profile, ...key, expiresAt: null });
  };
  const loginFirst = ["openai:default", "openai:setup-key"];
  const both = status(NEWEST, withKey);
  expect(hasBackup(both, "openai", loginFirst)).toBe(true);
  expect(hasBackup(both, "openai", [])).toBe(true);
  expect(hasBackup(both, "openai", ["openai:setup-key"])).toBe(false);
  // The key in the environment alone is never asked.
  expect(
    hasBackup(
      status(NEWEST, () => {}),
      "openai",
      [],
    ),
  ).toBe(false);
});

it("up to 2026.5.28 the backup is a model of the other provider", () => {
  const text = answers["2026.2.9"]["status-oauth"].stdout;
  expect(
    hasBackup(
      status(text, () => {}),
      "openai-codex",
      [],
    ),
  ).toBe(true);
  const alone = status(text, (answer) => {
    answer.fallbacks = [];
  });
  expect(hasBackup(alone, "openai-codex", [])).toBe(false);
});

it("from 2026.6.1 to 2026.7.1 it is a model of the key's own provider", () => {
  const text = answers["2026.2.9"]["status-oauth"].stdout;
  const own = status(text, (answer) => {
    answer.fallbacks = ["openai-setup-key/gpt-5.5"];
  });
  expect(hasBackup(own, "openai-codex", [])).toBe(true);
});

it("lists what is stored as it is taken: by the order, then logins, then keys", () => {
  const entry = status(NEWEST, (answer) => {
    const [profile] = answer.auth.oauth.profiles;
    if (!profile) return;
    const key = { ...profile, profileId: "openai:key", type: "api_key", status: "static" };
    const old = { ...profile, profileId: "openai:old", status: "expired" };
    answer.auth.oauth.profiles.unshift(key, old);
    answer.auth.providers[0]?.profiles.labels.push("openai:key=sk-proj-…1a2b");
  }).providers.find(({ provider }) => provider === "openai");
  const ids = (order: readonly string[]) => storedIn(entry, order).map(({ id }) => id);
  expect(ids([])).toEqual(["openai:old", "openai:default", "openai:key"]);
  expect(ids(["openai:key"])).toEqual(["openai:key", "openai:old", "openai:default"]);
  expect(storedIn(entry, [])).toMatchObject([
    { kind: "login", isExpired: true },
    { kind: "login", shown: "alex@example.org", isExpired: false },
    { kind: "key", shown: "sk-proj-…1a2b" },
  ]);
  expect(storedIn(undefined, [])).toEqual([]);
});
