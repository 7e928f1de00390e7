import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_MODELS, type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { type CheckKeyOptions, checkApiKey } from "@/lib/openai/check-key";

const ENV = {};
const cleanups: Array<() => unknown> = [];
let openai: OpenAiServer;

beforeAll(async () => {
  openai = await startOpenAiServer();
});
afterAll(() => openai.close());
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const check = (key: string, options: CheckKeyOptions = {}) =>
  checkApiKey(key, { baseUrl: openai.url, env: ENV, ...options });

/** A server of one answer, for what OpenAI itself does not send. */
async function serverOf(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const answering = (status: number, body: string, headers: Record<string, string> = {}) =>
  serverOf((_request, response) => void response.writeHead(status, headers).end(body));

describe("OpenAI's documented answers", () => {
  test("a working key gives the models it can list, and is sent once, as a bearer", async () => {
    const key = "sk-test-works-0123456789abcdef";
    const before = openai.seen.length;
    expect(await check(key)).toEqual({
      kind: "works",
      models: [...DEFAULT_MODELS],
      mayContinue: true,
      detail: "",
    });
    expect(openai.seen.slice(before)).toEqual([
      { method: "GET", path: "/v1/models", authorization: `Bearer ${key}`, body: "" },
    ]);
  });

  test.each([
    ["401", { kind: "refused", reason: "invalid", mayContinue: false }],
    ["org", { kind: "refused", reason: "organization", mayContinue: false }],
    ["ip", { kind: "refused", reason: "ip-not-allowed", mayContinue: true }],
    ["scope", { kind: "not-proven", mayContinue: true }],
    ["403", { kind: "not-proven", mayContinue: true }],
    ["region", { kind: "region", mayContinue: true }],
    ["quota", { kind: "no-credit", mayContinue: true }],
    ["credit", { kind: "no-credit", mayContinue: true }],
    ["429", { kind: "rate-limited", retryAfterSeconds: 20, mayContinue: true }],
    ["500", { kind: "server-error", status: 500, mayContinue: true }],
    ["503", { kind: "server-error", status: 503, mayContinue: true }],
    ["gzip", { kind: "works", models: [...DEFAULT_MODELS], mayContinue: true }],
    ["html", { kind: "not-json", status: 200, title: "Hotel Wi-Fi: sign in", mayContinue: true }],
    ["badjson", { kind: "not-json", status: 200, title: null, mayContinue: true }],
    ["truncated", { kind: "unreachable", why: { code: "truncated" }, mayContinue: true }],
    ["huge", { kind: "unreachable", why: { code: "too-large" }, mayContinue: true }],
    ["reset", { kind: "unreachable", why: { code: "reset" }, mayContinue: true }],
  ])("%s", async (word, expected) => {
    expect(await check(`sk-test-${word}-0123456789abcdef`)).toMatchObject(expected);
  });

  test("a redirect to another origin never gets the key", async () => {
    const before = openai.seen.length;
    const result = await check("sk-test-redirect-0123456789abcdef");
    expect(result).toMatchObject({ kind: "redirected", to: `http://localhost:${openai.port}` });
    expect(openai.seen.slice(before).map((request) => request.path)).toEqual(["/v1/models"]);
  });
});

describe("answers of servers in between", () => {
  const error = (fields: object) => JSON.stringify({ error: fields });
  test.each<[string, number, string, Record<string, string>, object]>([
    ["an empty 401", 401, "", {}, { kind: "refused", reason: "other", mayContinue: false }],
    ["a portal's 401", 401, "<html>", {}, { kind: "not-json", status: 401, mayContinue: true }],
    ["a block page", 403, " <!DOCTYPE html>", {}, { kind: "not-json", status: 403 }],
    ["a gateway's 502 page", 502, "<html>", {}, { kind: "server-error", status: 502 }],
    ["plain text instead of a list", 200, "hello", {}, { kind: "not-json", status: 200 }],
    ["an empty 200", 200, "", {}, { kind: "not-json", status: 200 }],
    ["JSON that is no list", 200, '{"data":{}}', {}, { kind: "unexpected", status: 200 }],
    ["JSON null", 200, "null", {}, { kind: "unexpected", status: 200 }],
    ["no such address", 404, "{}", {}, { kind: "unexpected", status: 404 }],
    ["payment required", 402, "", {}, { kind: "no-credit" }],
    ["error as a string", 401, error("no" as never), {}, { kind: "refused", detail: "no" }],
    ["a number as code", 401, error({ code: 7, message: null }), {}, { kind: "refused" }],
    [
      "quota only in the type",
      429,
      error({ type: "insufficient_quota", code: null }),
      {},
      { kind: "no-credit" },
    ],
    [
      "a rate limit whose type says quota",
      429,
      error({ type: "insufficient_quota", code: "rate_limit_exceeded" }),
      {},
      { kind: "rate-limited", retryAfterSeconds: null },
    ],
    [
      "Retry-After as a date, by the server's clock",
      429,
      "",
      { date: "Sat, 01 Jan 2000 00:00:00 GMT", "retry-after": "Sat, 01 Jan 2000 00:01:30 GMT" },
      { kind: "rate-limited", retryAfterSeconds: 90 },
    ],
    ["Retry-After as nonsense", 429, "", { "retry-after": "soon" }, { retryAfterSeconds: null }],
  ])("%s", async (_name, status, body, headers, expected) => {
    const baseUrl = await answering(status, body, headers);
    expect(await check("sk-any-0123456789abcdef", { baseUrl })).toMatchObject(expected);
  });

  test("entries without an id, and the same id twice, are dropped", async () => {
    const data = [{ id: "a" }, null, 3, { id: 4 }, { id: "" }, { id: "a" }, { id: "b", x: 1 }];
    const baseUrl = await answering(200, `\ufeff${JSON.stringify({ data })}`);
    expect(await check("k", { baseUrl })).toMatchObject({ kind: "works", models: ["a", "b"] });
  });

  test("a redirect within the origin is followed, three times at most", async () => {
    const within = await serverOf((request, response) => {
      if (request.url === "/v1/models") response.writeHead(307, { location: "/v2/models" }).end();
      else
        response.end(
          JSON.stringify({ data: [{ id: request.headers.authorization?.replace(" ", ":") }] }),
        );
    });
    expect(await check("k", { baseUrl: within })).toMatchObject({ models: ["Bearer:k"] });
    const endless = await serverOf(
      (_request, response) => void response.writeHead(302, { location: "/v1/models" }).end(),
    );
    expect(await check("k", { baseUrl: endless })).toMatchObject({ kind: "redirected" });
  });

  test("the server's words are kept, short, and without the key however it is echoed", async () => {
    const key = "sk-proj-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";
    const message = `Bad key ${key}, i.e. ${key.slice(3, 20)}… \u202e\n(${"x".repeat(900)})`;
    const baseUrl = await answering(401, JSON.stringify({ error: { message, code: null } }));
    const result = await check(key, { baseUrl });
    expect(result.detail).toMatch(/^Bad key •+, i\.e\. •+… \(x+/u);
    expect(result.detail.length).toBeLessThanOrEqual(300);
    for (let at = 0; at + 8 <= key.length; at++) {
      expect(JSON.stringify(result)).not.toContain(key.slice(at, at + 8));
    }
  });

  test("neither does a page's title hold it", async () => {
    const key = "sk-proj-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789";
    const baseUrl = await answering(200, `<title>Search: ${key}</title>`);
    expect(await check(key, { baseUrl })).toMatchObject({ title: "Search: ••••" });
  });
});

describe("limits", () => {
  test("a server that never answers ends in a timeout that names its length", async () => {
    const { signal } = new AbortController();
    const result = await check("sk-test-slow-0123456789abcdef", { timeoutMs: 50, signal });
    expect(result).toMatchObject({ kind: "unreachable", why: { code: "timeout", seconds: 0.05 } });
  });

  test("the limit also covers a body that never ends", async () => {
    const baseUrl = await serverOf((_request, response) => void response.write("{"));
    const result = await check("k", { baseUrl, timeoutMs: 50 });
    expect(result).toMatchObject({ kind: "unreachable", why: { code: "timeout" } });
  });

  test("cancelling ends it at once, before and during the request", async () => {
    const during = new AbortController();
    const baseUrl = await serverOf(() => during.abort());
    const result = await check("k", { baseUrl, signal: during.signal });
    expect(result).toEqual({ kind: "cancelled", mayContinue: true, detail: "" });
    expect(await check("k", { signal: AbortSignal.abort() })).toMatchObject({ kind: "cancelled" });
  });

  test("nobody listening, and no such name", async () => {
    const baseUrl = await answering(200, "");
    for (const cleanup of cleanups.splice(0)) await cleanup();
    expect(await check("k", { baseUrl })).toMatchObject({ why: { code: "refused" } });
    // A label of 64 characters: refused by the resolver itself, without asking the network.
    const nowhere = `https://${"a".repeat(64)}.invalid/v1`;
    expect(await check("k", { baseUrl: nowhere })).toMatchObject({ why: { code: "dns" } });
  });
});
