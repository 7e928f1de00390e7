import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type BackendFault,
  type ChatGptBackend,
  startChatGptBackend,
} from "@/e2e/servers/chatgpt-backend";
import { checkAccount } from "@/lib/openai/chatgpt/account-check";
import { parseBackend } from "@/lib/openai/chatgpt/backend";

const TOKEN = "eyJhbGciOiJub25lIn0.eyJjYW5hcnkiOiJhY2Nlc3MifQ.canary-signature";
const login = { accessToken: TOKEN, accountId: "acct-1" };
let service: ChatGptBackend;
const check = (more: object = {}) =>
  checkAccount(login, { backend: new URL(service.url), env: {}, ...more });

beforeEach(async () => {
  service = await startChatGptBackend((token) => token === TOKEN);
});
afterEach(() => service.close());

describe("checkAccount", () => {
  test("asks as Codex does, with the access token alone, and takes hidden models too", async () => {
    expect(await check()).toEqual({ kind: "usable", models: ["gpt-5.5", "gpt-5.4"] });
    expect(service.seen).toHaveLength(1);
    const [asked] = service.seen;
    expect(asked).toMatchObject({
      path: "/backend-api/codex/models",
      query: { client_version: "1.0.0" },
      headers: { authorization: `Bearer ${TOKEN}`, "chatgpt-account-id": "acct-1" },
    });
    expect(asked?.headers["cookie"]).toBeUndefined();
  });

  test("without an account id none is sent", async () => {
    await checkAccount({ ...login, accountId: null }, { backend: new URL(service.url), env: {} });
    expect(service.seen[0]?.headers).not.toHaveProperty("chatgpt-account-id");
  });

  test.each([
    ["signed-out", "refused", "signed-out"],
    ["no-entitlement", "refused", "no-codex-entitlement"],
    ["region", "refused", "region"],
    ["deactivated", "refused", "other"],
    ["html", "unchecked", "not-json"],
    ["html-403", "unchecked", "not-json"],
    ["500", "unchecked", "server-error"],
    ["429", "unchecked", "rate-limited"],
    ["reset", "unchecked", "unreachable"],
    ["odd", "unchecked", "unexpected"],
  ] satisfies ReadonlyArray<readonly [BackendFault, string, string]>)(
    "%s is %s: %s, and no word holds the token",
    async (fault, kind, reason) => {
      service.fault = fault;
      const answer = await check();
      expect(answer).toMatchObject({ kind, reason });
      for (const part of TOKEN.split(".")) expect(JSON.stringify(answer)).not.toContain(part);
    },
  );

  test("a token that it does not know is signed out, in its own words", async () => {
    // Nothing about its form tells that it is one.
    const accessToken = "opaque canary 0123456789";
    const answer = await checkAccount(
      { ...login, accessToken },
      { backend: new URL(service.url), env: {} },
    );
    expect(answer).toMatchObject({ kind: "refused", reason: "signed-out" });
    expect(answer.kind === "refused" && answer.detail).toContain("Please try signing in again");
    expect(JSON.stringify(answer)).not.toContain("0123456789");
  });

  test("no answer in time, and given up by the person", async () => {
    service.gate.close();
    expect(await check({ timeoutMs: 60 })).toMatchObject({
      kind: "unchecked",
      reason: "unreachable",
    });
    const cancelled = await check({ signal: AbortSignal.abort() });
    expect(cancelled).toMatchObject({ kind: "unchecked", reason: "cancelled" });
  });

  test("through the proxy of the environment", async () => {
    // The address is ChatGPT's own here; the proxy that would lead there refuses.
    const answer = await checkAccount(login, { env: { HTTPS_PROXY: "http://127.0.0.1:1" } });
    expect(answer).toMatchObject({ kind: "unchecked", reason: "unreachable" });
    expect(answer.kind === "unchecked" && answer.detail).toContain("127.0.0.1:1");
  });
});

describe("parseBackend", () => {
  const openAi = { isOpenAi: true };

  test("is ChatGPT unless told otherwise, and nobody where the issuer is another's", () => {
    for (const value of [undefined, "", " "]) {
      const backend = parseBackend(value, openAi);
      expect(backend.ok && backend.value?.href).toBe("https://chatgpt.com/backend-api");
      expect(parseBackend(value, { isOpenAi: false })).toEqual({ ok: true, value: null });
    }
  });

  test.each([
    ["http://127.0.0.1:1/backend-api/", "http://127.0.0.1:1/backend-api"],
    ["https://gateway.example/x", "https://gateway.example/x"],
    ["http://gateway.example/x", "not-https"],
    ["http://localhost.evil.example", "not-https"],
    ["https://a:b@gateway.example", "not-bare"],
    ["https://gateway.example/?a=1", "not-bare"],
    ["ftp://localhost", "not-https"],
    ["gateway", "not-a-url"],
  ])("%s", (value, expected) => {
    const backend = parseBackend(value, openAi);
    expect(backend.ok ? backend.value?.href : backend.error.code).toBe(expected);
  });
});
