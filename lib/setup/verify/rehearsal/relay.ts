/** Stands in for OpenAI and ChatGPT in a rehearsal: a loopback proxy that answers and records requests. */

import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import * as zlib from "node:zlib";
import { isOpenAiHost } from "@/lib/openai/base-url";
import { writeChatCompletion, writeResponseStream } from "@/lib/openai/response-stream";
import { CHATGPT_BASE_URL } from "@/lib/openclaw/releases/names";
import { type Authority, createAuthority } from "@/lib/setup/verify/rehearsal/authority";
import { visible } from "@/lib/text/visible";

export interface Sighting {
  readonly host: string;
  readonly path: string;
  /** Secret, although only a stand-in. */
  readonly bearer: string;
  readonly model: string;
  readonly bytes: number;
}

export interface Relay {
  /** For HTTPS_PROXY, with a password against other local users. */
  readonly proxy: string;
  readonly port: number;
  readonly authority: string;
  readonly replies: readonly Sighting[];
  /** Other requests to OpenAI's hosts, as `METHOD host/path`. */
  readonly beside: readonly string[];
  readonly refused: readonly string[];
  close(): Promise<void>;
}

export const REPLY = "pong";

export const CHATGPT_HOST = new URL(CHATGPT_BASE_URL).host;

const MOST_BODY_BYTES = 4 * 1024 * 1024;
/** A few bytes may unpack to gigabytes. */
const MOST_UNPACKED_BYTES = 32 * 1024 * 1024;
const MOST_REFUSED = 1000;

export async function startRelay(): Promise<Relay> {
  const authority = await createAuthority();
  const password = randomBytes(18).toString("base64url");
  const notes = new Notes();
  const hostOf = new WeakMap<object, string>();
  const inner = createServer((request, response) => {
    // OpenClaw may be ended in the middle of a request.
    answer(request, response, hostOf.get(request.socket) ?? "", notes).catch(() =>
      response.destroy(),
    );
  });
  // Without a WebSocket, OpenClaw falls back to POST.
  inner.on("upgrade", (_request, socket: Duplex) => refuse(socket, 404));
  const outer = createServer((request, response) => {
    // Another program that finds the port must not speak in OpenClaw's name.
    const isOurs = isAuthorised(request, password);
    if (isOurs) notes.refuse(targetOf(request.url ?? ""));
    response.writeHead(isOurs ? 403 : 407).end();
  });
  const open = new Set<Duplex>();
  outer.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => undefined);
  });
  const contexts = new Contexts(authority);
  outer.on("connect", (request, socket: Duplex, head) => {
    const [host = "", port = ""] = splitTarget(request.url ?? "");
    if (!isAuthorised(request, password)) return refuse(socket, 407);
    if (port !== "443" || !(isOpenAiHost(host) || host === CHATGPT_HOST)) {
      notes.refuse(`${host}:${port}`);
      return refuse(socket, 403);
    }
    const begin = (secureContext: SecureContext) => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      if (head.length > 0) socket.unshift(head);
      const secure = new TLSSocket(socket as never, { isServer: true, secureContext });
      secure.on("error", () => secure.destroy());
      hostOf.set(secure, host);
      inner.emit("connection", secure);
    };
    contexts
      .of(host)
      .then(begin)
      .catch(() => socket.destroy());
  });
  const port = await listen(outer);
  return {
    proxy: `http://rehearsal:${password}@127.0.0.1:${port}`,
    port,
    authority: authority.certificate,
    replies: notes.replies,
    get beside() {
      return [...notes.beside];
    },
    get refused() {
      return [...notes.refused];
    },
    async close() {
      for (const socket of open) socket.destroy();
      inner.closeAllConnections();
      await new Promise<void>((done) => outer.close(() => done()));
    },
  };
}

class Notes {
  readonly replies: Sighting[] = [];
  readonly beside = new Set<string>();
  readonly refused = new Set<string>();

  refuse(target: string): void {
    if (this.refused.size < MOST_REFUSED) this.refused.add(visible(target));
  }
}

class Contexts {
  readonly #made = new Map<string, Promise<SecureContext>>();
  constructor(readonly authority: Authority) {}

  of(host: string): Promise<SecureContext> {
    const made = this.#made.get(host) ?? this.authority.issue(host).then(createSecureContext);
    this.#made.set(host, made);
    return made;
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  host: string,
  notes: Notes,
): Promise<void> {
  const path = (request.url ?? "").split("?")[0] ?? "";
  const body = await bodyOf(request);
  if (request.method !== "POST" || !/\/(?:responses|chat\/completions)$/u.test(path)) {
    notes.beside.add(`${request.method} ${host}${path}`);
    response.writeHead(404, { "content-type": "application/json" });
    response.end('{"error":{"message":"not found","type":"invalid_request_error"}}');
    return;
  }
  const text = decoded(body, request.headers["content-encoding"]);
  notes.replies.push({
    host,
    path: visible(path),
    bearer: (request.headers.authorization ?? "").replace(/^Bearer /u, ""),
    model: visible(/"model"\s*:\s*"([^"]*)"/u.exec(text)?.[1] ?? ""),
    bytes: body.length,
  });
  if (path.endsWith("/responses")) writeResponseStream(response, REPLY);
  else writeChatCompletion(response, REPLY, /"stream"\s*:\s*true/u.test(text));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= MOST_BODY_BYTES) chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** 2026.8.1 and later compress requests to ChatGPT; Node 20 cannot read zstd. */
function decoded(body: Buffer, encoding = ""): string {
  const { zstdDecompressSync: zstd } = zlib as { zstdDecompressSync?: typeof zlib.gunzipSync };
  const ways = { zstd, gzip: zlib.gunzipSync, br: zlib.brotliDecompressSync };
  const unpack = ways[encoding as keyof typeof ways];
  try {
    const text = unpack ? unpack(body, { maxOutputLength: MOST_UNPACKED_BYTES }) : body;
    return text.toString("utf8");
  } catch {
    return "";
  }
}

function isAuthorised({ headers }: IncomingMessage, password: string): boolean {
  const given = Buffer.from(headers["proxy-authorization"] ?? "");
  const expected = Buffer.from(`Basic ${Buffer.from(`rehearsal:${password}`).toString("base64")}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function refuse(socket: Duplex, status: number): void {
  const challenge = status === 407 ? "proxy-authenticate: Basic\r\n" : "";
  socket.end(`HTTP/1.1 ${status} No\r\n${challenge}content-length: 0\r\n\r\n`);
}

function splitTarget(target: string): readonly [string, string] {
  const at = target.lastIndexOf(":");
  return [target.slice(0, at).toLowerCase(), target.slice(at + 1)];
}

/** The host and port of a plain request, never its path. */
function targetOf(address: string): string {
  if (!URL.canParse(address)) return "";
  const { host, port, protocol } = new URL(address);
  return port ? host : `${host}:${protocol === "https:" ? 443 : 80}`;
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}
