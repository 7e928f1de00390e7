/** Sends HTTP requests with limits on time and size, through the user's proxy. */

import type { Dispatcher, Headers, Response } from "undici";
import { connectionFailure, type HttpFailure } from "@/lib/openai/http-failure";
import { type Environment, proxyFor } from "@/lib/openai/proxy";
import { trustedCertificates } from "@/lib/openai/trust";
import { err, ok, type Result } from "@/lib/result";

export const DEFAULT_TIMEOUT_MS = 10_000;
export const DEFAULT_MAX_BYTES = 2 * 1024 * 1024;
const MAX_REDIRECTS = 3;

/** Loaded on demand, because it is as large as the page and rarely needed. */
const client = () => import("undici");

export interface HttpRequest {
  readonly url: URL;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpOptions {
  readonly env?: Environment;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Reads any answer whole. Follows redirects only for GET and within the origin, since the request carries a key. */
export async function send(
  request: HttpRequest,
  options: HttpOptions = {},
): Promise<Result<HttpReply, HttpFailure>> {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  const stopped = (): HttpFailure | null => {
    if (options.signal?.aborted) return { code: "cancelled", detail: "" };
    if (!limit.aborted) return null;
    return { code: "timeout", seconds: timeoutMs / 1000, detail: "no complete answer in time" };
  };

  const route = await openRoute(request.url, options.env ?? process.env);
  if (!route.ok) return route;
  const { dispatcher, proxy } = route.value;
  try {
    const response = await follow(request, dispatcher, signal);
    if (!response.ok) return response;
    return await readReply(response.value, options.maxBytes ?? DEFAULT_MAX_BYTES, stopped);
  } catch (thrown) {
    return err(stopped() ?? connectionFailure(thrown, proxy));
  } finally {
    // A graceful close would wait for an unresponsive server.
    void dispatcher.destroy().catch(() => undefined);
  }
}

interface Route {
  readonly dispatcher: Dispatcher;
  readonly proxy: string | null;
}

async function openRoute(url: URL, env: Environment): Promise<Result<Route, HttpFailure>> {
  const proxy = proxyFor(url, env);
  if (!proxy.ok) {
    const { variable, problem } = proxy.error;
    return err({ code: "proxy", reason: "setting", proxy: variable, detail: problem });
  }
  const trust = await trustedCertificates(env);
  if (!trust.ok) return err({ code: "ca-file", ...trust.error });
  const tls = trust.value ? { ca: trust.value } : {};
  const { Agent, ProxyAgent } = await client();
  if (!proxy.value) {
    return ok({ dispatcher: await unpaused(new Agent({ connect: tls })), proxy: null });
  }
  const dispatcher = new ProxyAgent({
    uri: proxy.value.href,
    requestTls: tls,
    proxyTls: tls,
  });
  return ok({ dispatcher: await unpaused(dispatcher), proxy: proxy.value.host });
}

/**
 * Keeps reading a body that nobody consumes, within the limits.
 * undici 6.29.1 otherwise crashes with an assertion when a badly encoded body's connection ends.
 */
async function unpaused(dispatcher: Dispatcher): Promise<Dispatcher> {
  const { DecoratorHandler } = await client();
  const Decorator = DecoratorHandler as new (
    handler: Dispatcher.DispatchHandlers,
  ) => { onData(chunk: Buffer): boolean };
  class Unpaused extends Decorator {
    override onData(chunk: Buffer): boolean {
      super.onData(chunk);
      return true;
    }
  }
  return dispatcher.compose(
    (dispatch) => (options, handler) => dispatch(options, new Unpaused(handler)),
  );
}

async function follow(
  request: HttpRequest,
  dispatcher: Dispatcher,
  signal: AbortSignal,
): Promise<Result<Response, HttpFailure>> {
  const method = request.method ?? "GET";
  const { fetch } = await client();
  let url = request.url;
  for (let hop = 0; ; hop++) {
    const response = await fetch(url, {
      method,
      dispatcher,
      signal,
      redirect: "manual",
      headers: { accept: "application/json", ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const location = response.headers.get("location");
    if (![301, 302, 303, 307, 308].includes(response.status) || !location) return ok(response);
    await response.body?.cancel();
    const next = URL.canParse(location, url) ? new URL(location, url) : null;
    if (!next || method !== "GET" || next.origin !== url.origin || hop >= MAX_REDIRECTS) {
      const to = next ? next.origin : "";
      return err({ code: "redirect", to, detail: `HTTP ${response.status}` });
    }
    url = next;
  }
}

async function readReply(
  response: Response,
  maxBytes: number,
  stopped: () => HttpFailure | null,
): Promise<Result<HttpReply, HttpFailure>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) {
        return err({ code: "too-large", limit: maxBytes, detail: `HTTP ${response.status}` });
      }
      chunks.push(chunk);
    }
  } catch {
    return err(
      stopped() ?? { code: "truncated", detail: `HTTP ${response.status}, ${size} bytes` },
    );
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  return ok({ status: response.status, headers: response.headers, text });
}
