/** A loopback stand-in for OpenAI and ChatGPT that answers an agent turn and remembers who asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { createSecureContext } from "node:tls";
import { createTestAuthority } from "@/e2e/servers/test-authority";
import { writeChatCompletion, writeResponseStream } from "@/lib/openai/response-stream";
import { releasesFile } from "./repository";

/** The hosts whose sockets an OpenClaw started with `redirect` brings here. */
const HOSTS = ["api.openai.com", "eu.api.openai.com", "chatgpt.com", "auth.openai.com"] as const;

export interface ModelRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** What follows `Bearer `, or the empty string. */
  readonly bearer: string;
  /** `chatgpt-account-id`, which only subscription turns carry. */
  readonly account: string;
  /** The model named in the body. */
  readonly model: string;
}

export interface ModelServer {
  readonly origin: string;
  /** For `models.providers.openai.baseUrl`, with `/v1`. */
  readonly apiBase: string;
  /** Environment under which a real OpenClaw reaches this server at OpenAI's own addresses. */
  readonly redirect: Readonly<Record<string, string>>;
  readonly seen: readonly ModelRequest[];
  /** What every turn is answered with. */
  readonly reply: string;
  /** The requests that asked for a reply. */
  turns(): readonly ModelRequest[];
  forget(): void;
  /** These bearers get 401 (or the status given), as a key that is refused. */
  refuse(bearer: string, status?: number): void;
  /** As new: nothing seen, nobody refused. */
  reset(): void;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. Every turn is answered with `reply`. */
export async function startModelServer(reply = "pong"): Promise<ModelServer> {
  const seen: ModelRequest[] = [];
  const refused = new Map<string, number>();
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    void readBody(request).then((body) => {
      const noted = note(request, body);
      seen.push(noted);
      const status = refused.get(noted.bearer);
      if (status !== undefined) sendRefusal(response, status, noted.bearer);
      else answer(request, response, noted.path, reply, body);
    });
  };
  const authority = await createTestAuthority();
  const contexts = new Map(
    await Promise.all(
      HOSTS.map(async (host) => [host, createSecureContext(await authority.issue(host))] as const),
    ),
  );
  const tls = createTlsServer(
    {
      SNICallback: (name, done) => done(null, contexts.get(name as (typeof HOSTS)[number])),
    },
    listener,
  );
  const plain = createServer(listener);
  const tlsPort = await listen(tls);
  const origin = `http://127.0.0.1:${await listen(plain)}`;
  const preload = releasesFile("redirect.cjs");
  return {
    origin,
    apiBase: `${origin}/v1`,
    redirect: {
      NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
      NODE_EXTRA_CA_CERTS: authority.caFile,
      OPENCLAW_TEST_HOSTS: JSON.stringify(Object.fromEntries(HOSTS.map((host) => [host, tlsPort]))),
    },
    seen,
    reply,
    turns: () => seen.filter(isTurn),
    forget: () => void seen.splice(0),
    refuse: (bearer, status = 401) => void refused.set(bearer, status),
    reset() {
      seen.splice(0);
      refused.clear();
    },
    async close() {
      await Promise.all([tls, plain].map(shut));
      await authority.remove();
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function shut(server: Server & { closeAllConnections(): void }): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function isTurn(request: ModelRequest): boolean {
  return request.method === "POST" && /\/(responses|chat\/completions)$/.test(request.path);
}

function note(request: IncomingMessage, body: string): ModelRequest {
  return {
    method: request.method ?? "",
    host: request.headers.host ?? "",
    path: (request.url ?? "").split("?")[0] ?? "",
    bearer: (request.headers.authorization ?? "").replace(/^Bearer /, ""),
    account: String(request.headers["chatgpt-account-id"] ?? ""),
    model: /"model"\s*:\s*"([^"]*)"/.exec(body)?.[1] ?? "",
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  reply: string,
  body: string,
): void {
  const post = request.method === "POST";
  if (path.endsWith("/models")) sendJson(response, 200, { object: "list", data: MODELS });
  else if (path.endsWith("/embeddings")) sendJson(response, 200, embeddings(body));
  else if (post && path.endsWith("/chat/completions")) {
    writeChatCompletion(response, reply, body.includes('"stream":true'));
  } else if (post && path.endsWith("/responses")) writeResponseStream(response, reply);
  // `GET …/codex/responses` asks for a WebSocket; without one OpenClaw goes on with POST.
  else sendJson(response, 404, { error: { message: "not found", type: "invalid_request_error" } });
}

const MODELS = ["gpt-5.2", "gpt-5.4", "gpt-5.5", "gpt-6-astra"].map((id) => ({
  id,
  object: "model",
  owned_by: "openai",
}));

function embeddings(body: string): object {
  const parsed = JSON.parse(body || "{}") as { input?: unknown };
  const inputs = Array.isArray(parsed.input) ? parsed.input : [parsed.input];
  const data = inputs.map((_, index) => ({ object: "embedding", index, embedding: [0.1, 0.2] }));
  return { object: "list", data, model: "text-embedding-3-small", usage: { total_tokens: 1 } };
}

function sendRefusal(response: ServerResponse, status: number, bearer: string): void {
  const isEmpty = status === 429;
  const code = isEmpty ? "insufficient_quota" : "invalid_api_key";
  // A key without credit is refused in these words; ChatGPT refuses a login in others.
  const message =
    isEmpty && bearer.startsWith("sk-")
      ? "You exceeded your current quota, please check your plan and billing details."
      : "Incorrect API key provided.";
  sendJson(response, status, { error: { message, type: "invalid_request_error", code } });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
