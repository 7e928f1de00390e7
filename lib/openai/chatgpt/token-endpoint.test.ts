import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { readBody } from "@/e2e/servers/read-body";
import { startDeviceSignIn } from "@/lib/openai/chatgpt/device-code";
import { type Issuer, parseIssuer } from "@/lib/openai/chatgpt/issuer";
import { exchangeCode, revokeLogin } from "@/lib/openai/chatgpt/token-endpoint";

let service: ChatGptIssuer;
let issuer: Issuer;
const http = { env: {} };

beforeAll(async () => {
  service = await startChatGptIssuer();
  const parsed = parseIssuer(service.url);
  if (!parsed.ok) throw new Error(parsed.error.code);
  issuer = parsed.value;
});
afterAll(() => service.close());

/** A login by device code, without waiting between the questions. */
async function signIn() {
  const device = startDeviceSignIn(issuer, {
    http,
    clock: { now: Date.now, sleep: async () => {} },
  });
  const state = await device.changed(device.state);
  if (state.kind !== "waiting") throw new Error(state.kind);
  const body = new URLSearchParams({ user_code: state.userCode });
  await fetch(state.page, { method: "POST", body });
  const end = await device.finished;
  if (end.kind !== "signed-in") throw new Error(JSON.stringify(end));
  return end.login;
}

const refresh = (token: string) =>
  fetch(issuer.token, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      grant_type: "refresh_token",
      refresh_token: token,
      client_id: service.clientId,
    }),
  });

test("a revoked login cannot be renewed", async () => {
  const login = await signIn();
  expect(await revokeLogin(issuer, login, http)).toBe(true);
  expect(service.seen.at(-1)?.form).toEqual({
    token: login.refreshToken,
    token_type_hint: "refresh_token",
    client_id: service.clientId,
  });
  expect((await refresh(login.refreshToken)).status).toBe(400);
});

test("the stand-in renews once, and a replay ends the whole login", async () => {
  const login = await signIn();
  const renewed = (await (await refresh(login.refreshToken)).json()) as { refresh_token: string };
  expect(renewed.refresh_token).not.toBe(login.refreshToken);
  expect((await refresh(login.refreshToken)).status).toBe(400);
  expect((await refresh(renewed.refresh_token)).status).toBe(400);
});

test("an unknown code is refused", async () => {
  const exchange = {
    code: "ac_unknown",
    codeVerifier: "v".repeat(43),
    redirectUri: issuer.device.redirectUri,
  };
  const result = await exchangeCode(issuer, exchange, http);
  expect(result).toMatchObject({ ok: false, error: { code: "code-expired" } });
});

test("what was sent is not repeated, even when the service does", async () => {
  const echo = createServer(async (request, response) => {
    const { text, form } = await readBody(request);
    const error_description = `bad: ${form["code"]} ${form["code_verifier"]} ${text}`;
    response.writeHead(400, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: "invalid_request", error_description }));
  });
  await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
  const parsed = parseIssuer(`http://127.0.0.1:${(echo.address() as AddressInfo).port}`);
  if (!parsed.ok) throw new Error(parsed.error.code);
  const sent = { code: "ac_canarycode0123456789", codeVerifier: "canaryverifier".repeat(4) };
  const redirectUri = parsed.value.device.redirectUri;
  const result = await exchangeCode(parsed.value, { ...sent, redirectUri }, http);
  echo.closeAllConnections();
  await new Promise((done) => echo.close(done));
  expect(result).toMatchObject({ ok: false, error: { code: "unexpected" } });
  expect(JSON.stringify(result)).not.toContain("canary");
});
