/** Reads `OPENAI_BASE_URL` as OpenAI's own clients do. */

import { err, ok, type Result } from "@/lib/result";
import { redactWords } from "@/lib/secrets/redact";

export const DEFAULT_OPENAI_BASE_URL = "https://api.openai.com/v1";

export interface OpenAiBaseUrl {
  readonly href: string;
  readonly isOpenAi: boolean;
  readonly isLoopback: boolean;
  /** The key travels in clear text over http to another host, as some private gateways need. */
  readonly notice: "plain-http" | null;
}

export interface BaseUrlRefusal {
  readonly code: "not-a-url" | "protocol" | "credentials" | "query";
  readonly detail: string;
}

/** Unset or blank means OpenAI; a URL without a path gets `/v1`. */
export function parseOpenAiBaseUrl(
  value: string | undefined,
): Result<OpenAiBaseUrl, BaseUrlRefusal> {
  const text = value?.trim() || DEFAULT_OPENAI_BASE_URL;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) return err({ code: "not-a-url", detail: withoutUserInfo(text) });
  if (url.username || url.password) return err({ code: "credentials", detail: url.host });
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return err({ code: "protocol", detail: url.protocol });
  }
  if (url.search || url.hash) return err({ code: "query", detail: url.host });
  const path = url.pathname.replace(/\/+$/u, "");
  return ok({
    href: `${url.origin}${path || "/v1"}`,
    isOpenAi: url.protocol === "https:" && isOpenAiHost(url.host),
    isLoopback: isLoopbackHost(url.hostname),
    notice: url.protocol === "http:" && !isLoopbackHost(url.hostname) ? "plain-http" : null,
  });
}

/** Accepts regions such as `eu.api.openai.com`, but only port 443. */
export function isOpenAiHost(host: string): boolean {
  return host === "api.openai.com" || REGIONAL.test(host);
}

export function isRegionalHost(host: string): boolean {
  return REGIONAL.test(host);
}

/** Finds the host in a refusal such as "Please make your request to eu.api.openai.com". */
export function regionalHostIn(words: string): string | null {
  return /(?<![\w.@-])[a-z]{2,12}\.api\.openai\.com(?![\w-]|\.\w)/u.exec(words)?.[0] ?? null;
}

/** Names the service: OpenAI with its region, or another server's host. A local server stands in for OpenAI. */
export function nameOfAddress(href: string): string {
  const url = new URL(href);
  const isLocal = isLoopbackHost(url.hostname);
  if (url.protocol === "https:" && isRegionalHost(url.host)) return `OpenAI (${url.host})`;
  return isLocal || (url.protocol === "https:" && isOpenAiHost(url.host)) ? "OpenAI" : url.host;
}

const REGIONAL = /^[a-z]{2,12}\.api\.openai\.com$/u;

/** Takes a host as written in `URL.hostname`. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/iu.test(hostname);
}

function withoutUserInfo(text: string): string {
  return redactWords(text.slice(text.lastIndexOf("@") + 1), [], 200);
}
