/** Border: what OpenAI, its sign-in service and ChatGPT answer, down to what is no HTTP. */

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import type { Border } from "@/e2e/fuzz/border";
import { changed, oddBytes, oddText } from "@/e2e/fuzz/odd";
import { checkAccount } from "@/lib/openai/chatgpt/account-check";
import { readClaims } from "@/lib/openai/chatgpt/claims";
import { startDeviceSignIn } from "@/lib/openai/chatgpt/device-code";
import { type Issuer, parseIssuer } from "@/lib/openai/chatgpt/issuer";
import { summarize } from "@/lib/openai/chatgpt/login";
import { parsePastedRedirect } from "@/lib/openai/chatgpt/pasted-redirect";
import { exchangeCode, revokeLogin } from "@/lib/openai/chatgpt/token-endpoint";
import { checkApiKey } from "@/lib/openai/check-key";

const KEY = "sk-proj-CaNaRyOfAKey00aaaabbbbccccddddeeee1a2b";
const ACCESS = "access-canary-0123456789-abcdefghij";
const REFRESH = "refresh-canary-0123456789-abcdefghij";
const CODE = "code-canary-0123456789-abcdefghij";
const VERIFIER = "verifier-canary-0123456789-abcdefghij";

const token = (claims: object) =>
  ["{}", JSON.stringify(claims), "signature"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");
const claims = {
  exp: 1_900_000_000,
  email: "ada@example.com",
  "https://api.openai.com/auth": { chatgpt_account_id: "acct-1", chatgpt_plan_type: "plus" },
};

const BODIES = [
  JSON.stringify({ object: "list", data: [{ id: "gpt-5.5" }, { id: "o3" }, { id: "tts-1" }] }),
  JSON.stringify({ models: [{ slug: "gpt-5.5", visibility: "list" }, { slug: "gpt-5.2-codex" }] }),
  JSON.stringify({
    error: { message: `Incorrect API key provided: ${KEY}.`, code: "invalid_api_key", type: "x" },
  }),
  JSON.stringify({ error: "invalid_grant", error_description: `${CODE} ${VERIFIER}` }),
  JSON.stringify({ detail: { code: "x", message: `Bearer ${ACCESS}` } }),
  JSON.stringify({
    access_token: token(claims),
    refresh_token: "r",
    id_token: token(claims),
    expires_in: 3600,
  }),
  JSON.stringify({ device_auth_id: "d", user_code: "ABCD-1234", interval: "5" }),
  JSON.stringify({ authorization_code: "c", code_verifier: "v" }),
  `<html><title>Proxy says ${KEY}</title><h1>Blocked</h1></html>`,
  "",
] as const;

interface Answer {
  readonly status: string;
  readonly headers: ReadonlyArray<readonly [string, string]>;
  readonly body: Uint8Array;
  readonly how: "whole" | "cut" | "chunked" | "raw";
}

const headerLine = fc.tuple(
  fc.constantFrom(
    "content-type",
    "content-encoding",
    "location",
    "retry-after",
    "x-request-id",
    "set-cookie",
    "cf-ray",
    "x-ratelimit-reset-requests",
  ),
  fc.oneof(
    fc.constantFrom(
      "application/json",
      "gzip",
      "br",
      "deflate",
      "/elsewhere",
      "http://other.test/",
      `/v1/models?key=${KEY}`,
      "-1",
      "1e99",
      "Wed, 21 Oct 2099 07:28:00 GMT",
    ),
    oddText,
  ),
);

const answers: fc.Arbitrary<Answer> = fc.record({
  status: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom("200", "401", "403", "429", "404", "500", "302", "402"),
    },
    { weight: 1, arbitrary: fc.constantFrom("204", "304", "100", "999", "0", "-1", "20x", "") },
  ),
  headers: fc.array(headerLine, { maxLength: 4 }),
  body: oddBytes(BODIES),
  how: fc.constantFrom("whole", "whole", "whole", "cut", "chunked", "raw"),
});

/** The answers to the first requests of a case; the last is given to all that follow. */
interface Case {
  readonly answers: readonly Answer[];
  readonly pasted: string;
  readonly claims: string;
}

function bytesOf({ status, headers, body, how }: Answer): Uint8Array {
  if (how === "raw") return body;
  const length =
    how === "chunked" ? "transfer-encoding: chunked" : `content-length: ${body.length}`;
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = Buffer.from(
    `HTTP/1.1 ${status} Odd\r\nconnection: close\r\n${length}\r\n${lines.join("\r\n")}\r\n\r\n`.replace(
      "\r\n\r\n\r\n",
      "\r\n\r\n",
    ),
  );
  const sent = how === "cut" ? body.subarray(0, body.length / 2) : body;
  const size = how === "chunked" ? Buffer.from(`${sent.length.toString(16)}\r\n`) : Buffer.alloc(0);
  const end = how === "chunked" ? Buffer.from("\r\n0\r\n\r\n") : Buffer.alloc(0);
  return Buffer.concat([head, size, sent, end]);
}

export async function servers(): Promise<Border<Case>> {
  let queue: readonly Answer[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      const [next, ...rest] = queue;
      if (rest.length > 0) queue = rest;
      if (next) socket.end(bytesOf(next));
      else socket.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = parseIssuer(url);
  if (!issuer.ok) throw new Error("no issuer");
  return {
    cases: fc.record({
      answers: fc.array(answers, { minLength: 1, maxLength: 4 }),
      pasted: changed([
        `http://localhost:1455/auth/callback?code=${CODE}&state=s&iss=x`,
        `http://localhost:1455/auth/callback?error=access_denied&error_description=No&code=${CODE}&state=s`,
      ]),
      claims: changed([JSON.stringify(claims)]),
    }),
    secrets: [KEY, ACCESS, REFRESH, CODE, VERIFIER],
    run: async (one) => {
      const said: unknown[] = [];
      for (const ask of questions(url, issuer.value)) {
        queue = one.answers;
        said.push(await ask());
      }
      const pasted = parsePastedRedirect(one.pasted);
      if (!pasted.ok) said.push(pasted.error);
      said.push(readClaims(`a.${Buffer.from(one.claims).toString("base64url")}.c`));
      return said.map((what) => JSON.stringify(what) ?? "");
    },
    close: async () => {
      server.close();
    },
  };
}

/** Each of the program's own requests; what it resolves to is what pages and logs are made from. */
function questions(url: string, issuer: Issuer): ReadonlyArray<() => Promise<unknown>> {
  // No proxy of this machine's, and no answer that is never finished.
  const http = { env: {}, timeoutMs: 1500 };
  return [
    () => checkApiKey(KEY, { ...http, baseUrl: `${url}/v1` }),
    () =>
      checkAccount({ accessToken: ACCESS, accountId: "acct" }, { ...http, backend: new URL(url) }),
    async () => {
      const exchange = { code: CODE, codeVerifier: VERIFIER, redirectUri: "http://localhost/x" };
      const login = await exchangeCode(issuer, exchange, http);
      return login.ok ? summarize(login.value) : login.error;
    },
    () => revokeLogin(issuer, { refreshToken: REFRESH }, http),
    async () => {
      let now = 1_800_000_000_000;
      const clock = {
        now: () => now,
        // A few polls until the code runs out.
        sleep: async () => {
          now += 4 * 60_000;
          await setImmediate();
        },
      };
      const device = startDeviceSignIn(issuer, { http, clock });
      const end = await device.finished;
      if (end.kind === "signed-in") return summarize(end.login);
      // Nobody told this one of the code of another sign-in, so it cannot know it again.
      return JSON.stringify(end).replaceAll(CODE, "").replaceAll(VERIFIER, "");
    },
  ];
}
