/** The address of ChatGPT's backend, which serves a subscription's models. */

import { isLoopbackHost } from "@/lib/openai/base-url";
import type { Issuer } from "@/lib/openai/chatgpt/issuer";
import { err, ok, type Result } from "@/lib/result";

export const DEFAULT_CHATGPT_BASE_URL = "https://chatgpt.com/backend-api";

export interface BackendRefusal {
  readonly code: "not-a-url" | "not-https" | "not-bare";
}

/** Needs https or loopback, because the token is sent there; null for the tokens of another issuer. */
export function parseBackend(
  value: string | undefined,
  issuer: Pick<Issuer, "isOpenAi">,
): Result<URL | null, BackendRefusal> {
  const text = value?.trim();
  if (!text) return ok(issuer.isOpenAi ? new URL(DEFAULT_CHATGPT_BASE_URL) : null);
  if (!URL.canParse(text)) return err({ code: "not-a-url" });
  const url = new URL(text);
  const local = url.protocol === "http:" && isLoopbackHost(url.hostname);
  if (url.protocol !== "https:" && !local) return err({ code: "not-https" });
  if (url.username || url.password || url.search || url.hash) return err({ code: "not-bare" });
  return ok(new URL(url.pathname.replace(/\/+$/u, ""), url.origin));
}
