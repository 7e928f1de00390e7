/** Where OpenAI's API is: `OPENAI_BASE_URL`, read as OpenAI's own clients read it. */

import { err, ok, type Result } from "@/lib/result";
import { redactWords } from "@/lib/secrets/redact";

export const DEFAULT_OPENAI_BASE_URL = "https://api.openai.com/v1";

export interface OpenAiBaseUrl {
  /** Without a slash at the end. */
  readonly href: string;
  /** True for OpenAI's own API, so that texts name OpenAI only where it is OpenAI. */
  readonly isOpenAi: boolean;
  /** On this machine: a server of the person's own, or one of the tests. */
  readonly isLoopback: boolean;
  /**
   * Plain http to another machine is allowed, because model gateways inside a private network are
   * used that way, but the key then travels readable: the person is told.
   */
  readonly notice: "plain-http" | null;
}

export interface BaseUrlRefusal {
  readonly code: "not-a-url" | "protocol" | "credentials" | "query";
  /** The value without what may be a password in it. */
  readonly detail: string;
}

/** Reads the variable's value; unset or blank is OpenAI itself, a value without a path gets `/v1`. */
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

/** `api.openai.com`, or one of its regions such as `eu.api.openai.com`; with a port other than 443 it is none. */
export function isOpenAiHost(host: string): boolean {
  return host === "api.openai.com" || REGIONAL.test(host);
}

/** `<region>.api.openai.com`, as OpenAI's guide "Your data" lists them. */
export function isRegionalHost(host: string): boolean {
  return REGIONAL.test(host);
}

/** The regional host that a refusal names, such as "Please make your request to eu.api.openai.com"; else null. */
export function regionalHostIn(words: string): string | null {
  return /(?<![\w.@-])[a-z]{2,12}\.api\.openai\.com(?![\w-]|\.\w)/u.exec(words)?.[0] ?? null;
}

/**
 * What to call whoever answers there: OpenAI, with its region, or the host of another server. One on this machine
 * stands in for OpenAI; its address is said beside.
 */
export function nameOfAddress(href: string): string {
  const url = new URL(href);
  const isLocal = isLoopbackHost(url.hostname);
  if (url.protocol === "https:" && isRegionalHost(url.host)) return `OpenAI (${url.host})`;
  return isLocal || (url.protocol === "https:" && isOpenAiHost(url.host)) ? "OpenAI" : url.host;
}

const REGIONAL = /^[a-z]{2,12}\.api\.openai\.com$/u;

/** True for `localhost`, 127.0.0.0/8 and `[::1]`, as `URL.hostname` writes them. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/iu.test(hostname);
}

function withoutUserInfo(text: string): string {
  return redactWords(text.slice(text.lastIndexOf("@") + 1), [], 200);
}
