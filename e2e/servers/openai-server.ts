/** A loopback stand-in for OpenAI's API: the documented answers, chosen by the key that asks. */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { readBody } from "@/e2e/servers/read-body";
import { writeResponseStream } from "@/lib/openai/response-stream";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** The whole header, so that a test can compare it with the key that was pasted. */
  readonly authorization: string;
  readonly body: string;
}

export interface OpenAiServer {
  /** For OPENAI_BASE_URL, with `/v1`. */
  readonly url: string;
  readonly port: number;
  readonly seen: readonly SeenRequest[];
  /** Lets every waiting and later `slow` request through, as a working key. */
  releaseSlow(): void;
  close(): Promise<void>;
}

export interface OpenAiServerOptions {
  readonly models?: readonly string[];
  /** What an agent turn answers; default "pong". */
  readonly reply?: string;
  readonly port?: number;
}

export const DEFAULT_MODELS = [
  "gpt-4o",
  "gpt-4o-2024-08-06",
  "gpt-4.1",
  "gpt-4.1-mini",
  "gpt-5",
  "gpt-5-mini",
  "gpt-5.2",
  "gpt-5.5",
  "gpt-5.5-2026-04-23",
  "gpt-5.5-pro",
  "o3",
  "gpt-image-1",
  "text-embedding-3-small",
  "whisper-1",
  "tts-1",
  "omni-moderation-latest",
  "gpt-realtime",
] as const;

/** One word of the key picks the answer: `sk-test-quota-…` gets the one of an account without credit. */
type Behaviour = (request: IncomingMessage, response: ServerResponse, key: string) => void;

const ERRORS: Record<string, readonly [number, string, string | null, string]> = {
  "401": [401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided: KEY."],
  org: [401, "invalid_request_error", "invalid_organization", "No such organization."],
  ip: [401, "invalid_request_error", "ip_not_authorized", "Your IP is not authorized."],
  scope: [401, "invalid_request_error", null, "Missing scopes: api.model.read."],
  "403": [
    403,
    "invalid_request_error",
    "insufficient_permissions",
    "No permission to list models.",
  ],
  region: [
    403,
    "request_forbidden",
    "unsupported_country_region_territory",
    "Country, region, or territory not supported",
  ],
  quota: [429, "insufficient_quota", "insufficient_quota", "You exceeded your current quota."],
  credit: [429, "insufficient_quota", "credit_balance_exhausted", "Credit balance exhausted."],
  429: [429, "requests", "rate_limit_exceeded", "Rate limit reached for requests."],
  "500": [500, "server_error", null, "The server had an error."],
  "503": [503, "server_error", null, "The engine is overloaded."],
};

const BROKEN: Record<string, Behaviour> = {
  html: (_request, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<!doctype html><title>Hotel Wi-Fi: sign in</title><h1>Welcome</h1>");
  },
  truncated: (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"object":"list","data":[{"id":"gpt-5');
    setImmediate(() => response.destroy());
  },
  badjson: (_request, response) => json(response, 200, '{"object":"list","data":[{"id":'),
  huge: (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => response.destroyed || response.write("x".repeat(65_536), more);
    more();
  },
  gzip: (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.end(gzipSync(listing(DEFAULT_MODELS)));
  },
  redirect: (request, response) => {
    const port = request.socket.localPort;
    response.writeHead(302, { location: `http://localhost:${port}/portal?from=models` }).end();
  },
  reset: (request) => request.socket.resetAndDestroy(),
};

/** Keys of one account: refused with the header named, as that of another organization or project. */
const BOUND: Record<string, readonly [string, string]> = {
  ownorg: ["openai-organization", "mismatched_organization"],
  ownproject: ["openai-project", "mismatched_project"],
};

/** Starts it on a free loopback port (or the one given). */
export async function startOpenAiServer(options: OpenAiServerOptions = {}): Promise<OpenAiServer> {
  const seen: SeenRequest[] = [];
  const waiting: Array<() => void> = [];
  let released = false;
  const models = options.models ?? DEFAULT_MODELS;

  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const authorization = request.headers.authorization ?? "";
    const { text: body } = await readBody(request);
    seen.push({ method: request.method ?? "", path, authorization, body });
    const key = authorization.replace(/^Bearer /u, "");
    const bound = Object.entries(BOUND)
      .filter(([name]) => key.split("-").includes(name))
      .map(([, refused]) => refused)
      .find(([header]) => request.headers[header] !== undefined);
    if (bound) {
      const header = bound[0] === "openai-project" ? "OpenAI-Project" : "OpenAI-Organization";
      const text = `${header} header should match the one of the API key`;
      return sendError(response, [401, "invalid_request_error", bound[1], text], key);
    }
    const word = Object.keys({ ...ERRORS, ...BROKEN, works: 0, slow: 0 }).find((name) =>
      key.split("-").includes(name),
    );
    const refusal = ERRORS[word ?? "401"];
    if (refusal) return sendError(response, refusal, key);
    const broken = BROKEN[word ?? ""];
    if (broken) return broken(request, response, key);
    if (word === "slow" && !released) await new Promise<void>((go) => waiting.push(go));
    answer(path, request.method ?? "", response, models, options.reply ?? "pong");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    seen,
    releaseSlow() {
      released = true;
      for (const go of waiting.splice(0)) go();
    },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((done) => server.close(() => done()));
    },
  };
}

function answer(
  path: string,
  method: string,
  response: ServerResponse,
  models: readonly string[],
  reply: string,
): void {
  const asked = `${method} ${path}`;
  if (asked === "GET /v1/models") json(response, 200, listing(models));
  else if (asked === "POST /v1/responses") writeResponseStream(response, reply);
  else if (asked === "POST /v1/embeddings") json(response, 200, EMBEDDING);
  else {
    const message = `Unknown request URL: ${asked}.`;
    const error = { message, type: "invalid_request_error", param: null, code: "unknown_url" };
    json(response, 404, JSON.stringify({ error }));
  }
}

const EMBEDDING = JSON.stringify({
  object: "list",
  data: [{ object: "embedding", index: 0, embedding: [0, 0, 1] }],
  model: "none",
  usage: { prompt_tokens: 1, total_tokens: 1 },
});

function sendError(
  response: ServerResponse,
  [status, type, code, text]: readonly [number, string, string | null, string],
  key: string,
): void {
  // OpenAI echoes the key with its middle starred out.
  const message = text.replace("KEY", `${key.slice(0, 8)}${"*".repeat(12)}${key.slice(-4)}`);
  if (code === "rate_limit_exceeded") response.setHeader("retry-after", "20");
  json(response, status, JSON.stringify({ error: { message, type, param: null, code } }));
}

function listing(models: readonly string[]): string {
  const data = models.map((id) => ({
    id,
    object: "model",
    created: 1_750_000_000,
    owned_by: "system",
  }));
  return JSON.stringify({ object: "list", data });
}

function json(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(body);
}
