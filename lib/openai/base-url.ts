/** Where OpenAI's API is: `OPENAI_BASE_URL`, read as OpenAI's own clients read it. */

import { err, ok, type Result } from "@/lib/result";

export const DEFAULT_OPENAI_BASE_URL = "https://api.openai.com/v1";

export interface OpenAiBaseUrl {
  /** Without a slash at the end. */
  readonly href: string;
  /** True for OpenAI's own API, so that texts name OpenAI only where it is OpenAI. */
  readonly isOpenAi: boolean;
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
    isOpenAi: url.protocol === "https:" && url.host === "api.openai.com",
    notice: url.protocol === "http:" && !isLoopbackHost(url.hostname) ? "plain-http" : null,
  });
}

/** True for `localhost`, 127.0.0.0/8 and `[::1]`, as `URL.hostname` writes them. */
export function isLoopbackHost(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/iu.test(hostname);
}

function withoutUserInfo(text: string): string {
  return text.replace(/\/\/[^/@]*@/u, "//").slice(0, 200);
}
