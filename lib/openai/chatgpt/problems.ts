/** Every way a ChatGPT sign-in can fail, as one stable code each, and how each is recognised. */

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
  /** Another program asked for the port on `/cancel` while the sign-in was under way. */
  "port-released",
  "cancelled",
  "expired",
  /** Signed in, but the store has let go of the login since. */
  "login-forgotten",
  /** CHATGPT_ISSUER cannot be used. */
  "issuer-invalid",
  "unexpected",
] as const;
export type SignInProblemCode = (typeof SIGN_IN_PROBLEMS)[number];

export interface SignInProblem {
  readonly code: SignInProblemCode;
  /** The service's or the system's own words, bounded and without tokens; may be "". */
  readonly detail: string;
  /** With `unreachable`: why. */
  readonly why?: HttpFailure;
  /** With `port-taken`: the program that holds the port, where the system tells. */
  readonly holder?: { readonly pid: number; readonly name: string };
}

export function problem(code: SignInProblemCode, detail = ""): SignInProblem {
  return { code, detail: redactWords(detail, []) };
}

/** A problem code that came from outside (a query parameter), or null. */
export function problemCode(value: unknown): SignInProblemCode | null {
  return SIGN_IN_PROBLEMS.find((code) => code === value) ?? null;
}

/** No answer at all. `secrets` are taken out of the system's words. */
export function unreachable(why: HttpFailure, secrets: readonly string[] = []): SignInProblem {
  const detail = redactWords(why.detail, secrets);
  if (why.code === "cancelled") return { code: "cancelled", detail };
  return { code: "unreachable", detail, why: { ...why, detail } };
}

/**
 * An `error` that came back in the redirect, with its `error_description` (RFC 6749, 4.1.2.1). The
 * description alone tells a missing Codex entitlement from a person who said no.
 */
export function redirectProblem(error: string, description: string): SignInProblem {
  const words = `${error} ${description}`;
  const detail = description || error;
  return problem(
    codeFromWords(words) ?? (error === "access_denied" ? "denied" : "unexpected"),
    detail,
  );
}

/** An answer of the token or device endpoints that is not a success. */
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

/** Reasons the service only gives inside other errors. */
function codeFromWords(words: string): SignInProblemCode | null {
  if (/missing_codex_entitlement/u.test(words)) return "no-codex-entitlement";
  if (/unsupported_(?:country_region_territory|region)/u.test(words)) return "region";
  if (/workspace_restriction|workspace_not_allowed|not_allowed_workspace/u.test(words)) {
    return "workspace-restricted";
  }
  return null;
}

/** `error` may be a string, or an object with `code` and `message`; both forms are in use. */
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
