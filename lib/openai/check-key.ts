/** Checks an API key by listing models, which is free and needs no credit. */

import * as z from "zod";
import { DEFAULT_OPENAI_BASE_URL } from "@/lib/openai/base-url";
import { type HttpOptions, type HttpReply, send } from "@/lib/openai/http";
import type { HttpFailure } from "@/lib/openai/http-failure";
import { listedIds } from "@/lib/openai/models";
import { redactWords } from "@/lib/secrets/redact";
import { parseJson } from "@/lib/text/json";

interface Answer {
  /** False only for a key proven wrong; any other may be saved. */
  readonly mayContinue: boolean;
  /** The server's or system's message, at most 300 characters, without the key; may be "". */
  readonly detail: string;
}

export type RefusedReason =
  | "invalid"
  /** The key belongs to a regional project but was sent elsewhere. */
  | "hostname"
  | "organization"
  | "project"
  | "deactivated"
  | "ip-not-allowed"
  | "other";

export type KeyCheck = Answer &
  (
    | { readonly kind: "works"; readonly models: readonly string[] }
    | { readonly kind: "refused"; readonly reason: RefusedReason }
    | { readonly kind: "not-proven" }
    | { readonly kind: "region" }
    | { readonly kind: "no-credit" }
    | { readonly kind: "rate-limited"; readonly retryAfterSeconds: number | null }
    | { readonly kind: "unreachable"; readonly why: HttpFailure }
    | { readonly kind: "redirected"; readonly to: string }
    | { readonly kind: "not-json"; readonly status: number; readonly title: string | null }
    | { readonly kind: "server-error"; readonly status: number }
    | { readonly kind: "unexpected"; readonly status: number }
    | { readonly kind: "cancelled" }
  );

export interface CheckKeyOptions extends HttpOptions {
  readonly baseUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const ErrorBody = z.object({
  error: z.union([
    z.string().transform((message) => ({ message, code: null, type: null })),
    z.object({
      message: z.string().nullish().catch(null),
      code: z.coerce.string().nullish().catch(null),
      type: z.string().nullish().catch(null),
    }),
  ]),
});
const ModelList = z.object({
  data: listedIds("id"),
});

/** Statuses and codes are those of OpenAI's guide "Error codes"; missing credit shows only on a paid request. */
export async function checkApiKey(key: string, options: CheckKeyOptions = {}): Promise<KeyCheck> {
  const url = new URL(`${options.baseUrl ?? DEFAULT_OPENAI_BASE_URL}/models`);
  const headers = { ...options.headers, authorization: `Bearer ${key}` };
  const reply = await send({ url, headers }, options);
  return reply.ok ? judge(reply.value, key) : failed(reply.error, key);
}

function failed(why: HttpFailure, key: string): KeyCheck {
  const answer = { mayContinue: true, detail: redactWords(why.detail, [key]) };
  if (why.code === "cancelled") return { kind: "cancelled", ...answer };
  if (why.code === "redirect") return { kind: "redirected", to: why.to, ...answer };
  return { kind: "unreachable", why: { ...why, detail: answer.detail }, ...answer };
}

function judge(reply: HttpReply, key: string): KeyCheck {
  const { status } = reply;
  const body = parseJson(reply.text);
  const error = ErrorBody.safeParse(body).data?.error;
  const answer = { mayContinue: true, detail: redactWords(error?.message ?? "", [key]) };
  const html = body === undefined && /^\s*</u.test(reply.text);

  if (status === 429 || status === 402) return limited(reply, error, answer);
  if (status >= 500) return { kind: "server-error", status, ...answer };
  if (html || (status === 200 && body === undefined)) {
    return { kind: "not-json", status, title: pageTitle(reply.text, key), ...answer };
  }
  if (status === 401) return unauthorized(error, answer);
  if (status === 403) {
    const region = error?.code === "unsupported_country_region_territory";
    return { kind: region ? "region" : "not-proven", ...answer };
  }
  const list = status === 200 ? ModelList.safeParse(body) : null;
  if (!list?.success) return { kind: "unexpected", status, ...answer };
  return { kind: "works", models: [...new Set(list.data.data)], ...answer };
}

type ApiError = z.infer<typeof ErrorBody>["error"] | undefined;

function unauthorized(error: ApiError, answer: Answer): KeyCheck {
  const code = error?.code ?? "";
  const message = error?.message ?? "";
  // A valid restricted key that may not list models gets 401 too.
  if (/missing scopes?/iu.test(message) || /scope|permission/iu.test(code)) {
    return { kind: "not-proven", ...answer };
  }
  const reason = refusedReason(code, message);
  // The key may be right but its allowlist may lack this machine's address.
  return { kind: "refused", reason, ...answer, mayContinue: reason === "ip-not-allowed" };
}

function refusedReason(code: string, message: string): RefusedReason {
  if (code === "incorrect_hostname" || /incorrect regional hostname/iu.test(message)) {
    return "hostname";
  }
  if (code === "invalid_api_key" || /incorrect api key|invalid api key/iu.test(message)) {
    return "invalid";
  }
  if (/\bip\b.*(?:not authorized|allow)/iu.test(message) || /^ip_not/iu.test(code)) {
    return "ip-not-allowed";
  }
  if (/deactivated/iu.test(code) || /deactivated/iu.test(message)) return "deactivated";
  if (/project/iu.test(code) || /OpenAI-Project|no such project/iu.test(message)) return "project";
  if (/organization/iu.test(code) || /organization/iu.test(message)) return "organization";
  return "other";
}

const NO_CREDIT = /^(?:insufficient_quota|credit_balance_exhausted|billing_hard_limit_reached)$/u;

function limited(reply: HttpReply, error: ApiError, answer: Answer): KeyCheck {
  // `code` is more specific than `type`, which counts only without it.
  const word = error?.code || error?.type || "";
  if (reply.status === 402 || NO_CREDIT.test(word)) return { kind: "no-credit", ...answer };
  return { kind: "rate-limited", retryAfterSeconds: retryAfter(reply), ...answer };
}

/** In whole seconds, from either form of Retry-After (RFC 9110, 10.2.3). */
function retryAfter(reply: HttpReply): number | null {
  const value = reply.headers.get("retry-after")?.trim() ?? "";
  if (/^\d+(?:\.\d+)?$/u.test(value)) return Math.ceil(Number(value));
  const until = Date.parse(value);
  // Uses the server's clock if it sends one, since ours may be wrong.
  const now = Date.parse(reply.headers.get("date") ?? "") || Date.now();
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - now) / 1000));
}

function pageTitle(html: string, key: string): string | null {
  const title = /<title[^>]*>([^<]{1,400})/iu.exec(html.slice(0, 20_000))?.[1];
  return title ? redactWords(title, [key], 120) || null : null;
}
