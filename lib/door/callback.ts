/** The addresses to which the sign-in service returns the browser. */

import { CALLBACK_PATH } from "@/lib/openai/chatgpt/issuer";
import { CALLBACK_ROUTE } from "@/lib/sign-in/route";

export const RETURN_PATH = "/sign-in/return";

/** Matches the registered address (served on its port) and the relay's target. */
export function isArrival(target: string): boolean {
  const [path] = target.split("?", 1);
  return path === CALLBACK_PATH || path === CALLBACK_ROUTE;
}

/** Returns to the origin where the sign-in began, through its own callback, since only its pages may lead on. */
export function onwardFrom(
  own: URL,
  target: string,
  attempt: { readonly state: string; readonly origin: string } | null,
): URL {
  const at = target.indexOf("?");
  const query = new URLSearchParams(at < 0 ? "" : target.slice(at + 1));
  const elsewhere =
    attempt !== null && query.get("state") === attempt.state && attempt.origin !== own.origin;
  const url = elsewhere ? new URL(CALLBACK_ROUTE, attempt.origin) : new URL(RETURN_PATH, own);
  url.search = query.toString();
  return url;
}
