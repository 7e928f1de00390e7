/** The error codes of a ChatGPT sign-in, and how each is recognized. */

import type { HttpReply } from "@/lib/openai/http";
import type { HttpFailure } from "@/lib/openai/http-failure";
import { redactWords } from "@/lib/secrets/redact";
import { parseJson } from "@/lib/text/json";

export const SIGN_IN_PROBLEMS = [
  "denied",
  "no-codex-entitlement",
  "workspace-restricted",
  "region",
  "state-mismatch",
  "session-lost",
  "code-missing",
  "code-expired",
  "unreachable",
  "not-json",
  "server-error",
  "rate-limited",
  "clock-skew",
  "incomplete-answer",
  "client-refused",
  "device-code-disabled",
  "port-taken",
  /** Another program requested `/cancel` on our port during the sign-in. */
  "port-released",
  "cancelled",
  "expired",
  /** The sign-in succeeded, but the store has dropped the login since. */
  "login-forgotten",
  "issuer-invalid",
  "unexpected",
] as const;
export type SignInProblemCode = (typeof SIGN_IN_PROBLEMS)[number];

export interface SignInProblem {
  readonly code: SignInProblemCode;
  /** The service's or system's message, shortened and without tokens; may be "". */
  readonly detail: string;
  readonly why?: HttpFailure;
  readonly holder?: { readonly pid: number; readonly name: string };
}

export function problem(code: SignInProblemCode, detail = ""): SignInProblem {
  return { code, detail: redactWords(detail, []) };
}

export function problemCode(value: unknown): SignInProblemCode | null {
  return SIGN_IN_PROBLEMS.find((code) => code === value) ?? null;
}

export function unreachable(why: HttpFailure, secrets: readonly string[] = []): SignInProblem {
  const detail = redactWords(why.detail, secrets);
  if (why.code === "cancelled") return { code: "cancelled", detail };
  return { code: "unreachable", detail, why: { ...why, detail } };
}

/** RFC 6749, 4.1.2.1: only the description separates a missing Codex entitlement from the user's refusal. */
export function redirectProblem(error: string, description: string): SignInProblem {
  const words = `${error} ${description}`;
  const detail = description || error;
  return problem(
    codeFromWords(words) ?? (error === "access_denied" ? "denied" : "unexpected"),
    detail,
  );
}

export function replyProblem(reply: HttpReply, secrets: readonly string[]): SignInProblem {
  const { status } = reply;
  const { error, description } = errorFields(reply.text);
  const detail = redactWords(description || error, secrets) || `HTTP ${status}`;
  const told = codeFromWords(`${error} ${description}`);
  if (told) return { code: told, detail };
  if (error === "invalid_grant") return { code: "code-expired", detail };
  if (/^(?:invalid_client|unauthorized_client|invalid_redirect_uri)$/u.test(error)) {
    return { code: "client-refused", detail };
  }
  if (error === "access_denied") return { code: "denied", detail };
  if (status === 429) return { code: "rate-limited", detail };
  if (status >= 500) return { code: "server-error", detail };
  if (parseJson(reply.text) === undefined) return { code: "not-json", detail };
  return { code: "unexpected", detail };
}

function codeFromWords(words: string): SignInProblemCode | null {
  if (/missing_codex_entitlement/u.test(words)) return "no-codex-entitlement";
  if (/unsupported_(?:country_region_territory|region)/u.test(words)) return "region";
  if (/workspace_restriction|workspace_not_allowed|not_allowed_workspace/u.test(words)) {
    return "workspace-restricted";
  }
  return null;
}

/** Accepts `error` as a string or as an object with `code` and `message`; both occur. */
function errorFields(text: string): { error: string; description: string } {
  const body = parseJson(text);
  const top = isRecord(body) ? body : {};
  const nested = isRecord(top["error"]) ? top["error"] : {};
  const pick = (...values: unknown[]) =>
    values.find((value): value is string => typeof value === "string") ?? "";
  return {
    error: pick(top["error"], nested["code"], top["code"], nested["type"]),
    description: pick(top["error_description"], nested["message"], top["message"], top["detail"]),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
