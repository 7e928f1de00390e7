/** Parses the callback address that a user copies from a browser elsewhere. */

import { CALLBACK_PATH } from "@/lib/openai/chatgpt/issuer";
import { redirectProblem, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { err, ok, type Result } from "@/lib/result";

export interface RedirectParameters {
  readonly code: string;
  readonly state: string;
  /** The issuer (RFC 9207), passed on to be compared. */
  readonly iss: string | null;
}

export type PastedRedirectRefusal =
  | { readonly code: "empty" }
  | { readonly code: "too-long" }
  | { readonly code: "not-a-url" }
  /** Not the callback's address; probably copied too early. */
  | { readonly code: "other-address" }
  | { readonly code: "code-missing" }
  /** Without a state, a stranger's code could be slipped in. */
  | { readonly code: "state-missing" }
  | { readonly code: "repeated-parameter" }
  | { readonly code: "sign-in-failed"; readonly problem: SignInProblem };

const MAX_LENGTH = 8192;

/** Extracts code and state. The callback itself compares the state with this browser's sign-in. */
export function parsePastedRedirect(
  pasted: string,
): Result<RedirectParameters, PastedRedirectRefusal> {
  if (pasted.length > MAX_LENGTH) return err({ code: "too-long" });
  // Terminals and mail wrap long addresses.
  const text = pasted.replace(/[\s\p{Cf}"'<>“”‘’]+/gu, "");
  if (text === "") return err({ code: "empty" });
  const address = /^https?:\/\//iu.test(text) ? text : `http://${text}`;
  if (!URL.canParse(address) || !/[/?]/u.test(text)) return err({ code: "not-a-url" });
  const url = new URL(address);
  const host = url.hostname === "localhost" || url.hostname === "127.0.0.1";
  if (!host || url.pathname !== CALLBACK_PATH) return err({ code: "other-address" });
  return redirectParameters(url.searchParams);
}

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
