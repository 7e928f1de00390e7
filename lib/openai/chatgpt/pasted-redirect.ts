/** The address a browser elsewhere ended on after signing in, copied from its address bar. */

import { CALLBACK_PATH } from "@/lib/openai/chatgpt/issuer";
import { redirectProblem, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { err, ok, type Result } from "@/lib/result";

export interface RedirectParameters {
  readonly code: string;
  readonly state: string;
  /** Present when the service names itself (RFC 9207); passed on, so that it gets compared. */
  readonly iss: string | null;
}

export type PastedRedirectRefusal =
  | { readonly code: "empty" }
  | { readonly code: "too-long" }
  | { readonly code: "not-a-url" }
  /** Not the address of the callback: most likely copied before signing in was finished. */
  | { readonly code: "other-address" }
  | { readonly code: "code-missing" }
  /** Without the state anybody's code could be slipped in. */
  | { readonly code: "state-missing" }
  | { readonly code: "repeated-parameter" }
  | { readonly code: "sign-in-failed"; readonly problem: SignInProblem };

const MAX_LENGTH = 8192;

/**
 * Takes code and state out of the pasted address. Only its form is judged: the state is compared
 * with the one of this browser's own sign-in where every callback is, in the callback itself.
 */
export function parsePastedRedirect(
  pasted: string,
): Result<RedirectParameters, PastedRedirectRefusal> {
  if (pasted.length > MAX_LENGTH) return err({ code: "too-long" });
  // An address bar wraps nothing, but a terminal or a mail does.
  const text = pasted.replace(/[\s\p{Cf}"'<>“”‘’]+/gu, "");
  if (text === "") return err({ code: "empty" });
  const address = /^https?:\/\//iu.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address) || !/[/?]/u.test(text)) return err({ code: "not-a-url" });
  const url = new URL(address);
  const host = url.hostname === "localhost" || url.hostname === "127.0.0.1";
  if (!host || url.pathname !== CALLBACK_PATH) return err({ code: "other-address" });
  return redirectParameters(url.searchParams);
}

/** The same preflight for the parameters of a callback, wherever they came from. */
export function redirectParameters(
  parameters: URLSearchParams,
): Result<RedirectParameters, PastedRedirectRefusal> {
  for (const name of ["code", "state", "error", "iss"]) {
    if (parameters.getAll(name).length > 1) return err({ code: "repeated-parameter" });
  }
  const error = parameters.get("error");
  if (error) {
    const description = parameters.get("error_description") ?? "";
    return err({ code: "sign-in-failed", problem: redirectProblem(error, description) });
  }
  const code = parameters.get("code");
  if (!code) return err({ code: "code-missing" });
  const state = parameters.get("state");
  if (!state) return err({ code: "state-missing" });
  return ok({ code, state, iss: parameters.get("iss") });
}
