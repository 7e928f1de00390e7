import { describe, expect, it } from "vitest";
import type { FoundCredential } from "@/lib/openclaw/credentials/found";
import { machine } from "@/lib/setup/testing/machine";
import type { StoredCredential } from "@/lib/setup/verify/credential-in-use";
import type { Verification } from "@/lib/setup/verify/verify";
import { whoAnswers } from "@/lib/setup/verify/who-answers";

const KEY: FoundCredential = {
  source: "dotenv",
  name: "OPENAI_API_KEY",
  file: "/home/ada/.openclaw/.env",
  kind: "api-key",
  fingerprint: { prefix: "sk-proj-", last4: "1a2b", sha256: "" },
  wins: true,
  state: "used",
};
const OTHER_KEY: FoundCredential = {
  ...KEY,
  source: "environment",
  file: null,
  fingerprint: { prefix: "sk-proj-", last4: "9z9z", sha256: "" },
  wins: false,
};
const STORE: FoundCredential = {
  ...KEY,
  source: "sqlite-store",
  name: "openclaw.sqlite",
  kind: "unknown",
  fingerprint: null,
  wins: false,
  state: "ask-openclaw",
};
const LOGIN: StoredCredential = {
  id: "openai:default",
  kind: "login",
  shown: "ada@example.com",
  isExpired: false,
};

type Answered = Extract<Verification, { kind: "answered" }>;
function says(more: Partial<Answered>): Answered {
  return {
    kind: "answered",
    valid: true,
    verdict: "usable",
    model: "openai/gpt-5.5",
    credential: { kind: "key-variable", key: "sk-proj-…1a2b" },
    stored: [],
    backup: false,
    differences: [],
    detail: "",
    ...more,
  };
}
const who = (
  credentials: readonly FoundCredential[],
  verification: Verification | null,
  more = {},
) =>
  whoAnswers(
    { credentials, defaultModel: "openai/gpt-5.4", snapshot: machine(more) },
    verification,
  );
const states = (of: ReturnType<typeof who>) =>
  of.holders.map(({ place, state }) => `${place} ${state}`);

describe("who answers", () => {
  it("is told by the files where OpenClaw was not asked", () => {
    const told = who([KEY], null);
    expect(told).toMatchObject({ model: "openai/gpt-5.4", isAsked: false });
    expect(told.answers).toMatchObject({ place: "dotenv", kind: "key", shown: "sk-proj-••••1a2b" });
  });

  it("is what OpenClaw has stored, before every key, whose store is then no riddle any more", () => {
    const told = who(
      [STORE, { ...KEY, wins: false }],
      says({ stored: [LOGIN], credential: { kind: "login", account: "ada@example.com" } }),
    );
    expect(told).toMatchObject({ model: "openai/gpt-5.5", isAsked: true });
    expect(states(told)).toEqual(["store answers", "dotenv behind"]);
    expect(told.answers).toMatchObject({ kind: "login", shown: "ada@example.com" });
  });

  it("is the key that OpenClaw names by its end, and none where that is another", () => {
    expect(states(who([OTHER_KEY, KEY], says({})))).toEqual([
      "environment behind",
      "dotenv answers",
    ]);
    const other = { kind: "key-variable", key: "sk-proj-…0000" } as const;
    expect(who([OTHER_KEY, KEY], says({ credential: other })).answers).toBe(null);
  });

  it("is nobody where OpenClaw says that nothing is usable", () => {
    expect(who([KEY], says({ verdict: "unusable" })).answers).toBe(null);
  });

  it("is a later login where the first has expired", () => {
    const expired = { ...LOGIN, id: "openai:old", isExpired: true };
    const told = who(
      [],
      says({ stored: [expired, LOGIN], credential: { kind: "login", account: "" } }),
    );
    expect(states(told)).toEqual(["store expired", "store answers"]);
  });

  it("is none of these where another provider's model comes first", () => {
    const told = who([KEY], says({ model: "anthropic/claude" }));
    expect(told).toMatchObject({ isOpenAi: false, answers: null });
    expect(states(told)).toEqual(["dotenv behind"]);
  });

  it("says of the service's key whether it goes before the files", () => {
    const file = "/home/ada/.config/systemd/user/openclaw-gateway.service";
    const service: FoundCredential = { ...OTHER_KEY, source: "service", file, state: "service" };
    const own = { name: "OPENAI_API_KEY", value: "sk-x", file };
    const of = (isManaged: boolean) =>
      states(who([KEY, service], says({}), { serviceVariables: [{ ...own, isManaged }] }));
    expect(of(false)).toEqual(["dotenv answers", "service service-first"]);
    expect(of(true)).toEqual(["dotenv answers", "service service"]);
  });
});
