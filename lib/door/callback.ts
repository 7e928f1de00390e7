/** Where the browser arrives from the sign-in service, and the page of ours that takes it from there. */

import { CALLBACK_PATH } from "@/lib/openai/chatgpt/issuer";
import { CALLBACK_ROUTE } from "@/lib/sign-in/route";

/** Within the visit: reached only by leading there from a page of our own. */
export const RETURN_PATH = "/sign-in/return";

/** The registered address, when the page is served on its port, and the one the relay leads to. */
export function isArrival(target: string): boolean {
  const [path] = target.split("?", 1);
  return path === CALLBACK_PATH || path === CALLBACK_ROUTE;
}

/**
 * The way on from an arrival at `own`, with everything that came along. It ends at the origin the
 * sign-in was begun at, whose cookies it needs, while the service only knows the name `localhost`:
 * from another name it leads to that one's arrival first, since only a page of the same name may
 * lead into the visit. `attempt.origin` is one of ours.
 */
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
