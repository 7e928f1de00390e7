/**
 * What goes around next-auth's route handler: it opens the relay for a sign-in that begins, and
 * turns each failure of one that comes back into an address that names the reason.
 */

import type { Issuer } from "@/lib/openai/chatgpt/issuer";
import {
  problem,
  redirectProblem,
  type SignInProblem,
  type SignInProblemCode,
} from "@/lib/openai/chatgpt/problems";
import type { CallbackRelay } from "@/lib/openai/chatgpt/relay";
import { CALLBACK_ROUTE, SIGN_IN_PATH, withSignInProblem } from "@/lib/session/next-auth-options";

export interface SignInRouteSettings {
  readonly issuer: Issuer;
  /** Null when the app itself is served on the callback port and rewrites /auth/callback. */
  readonly relay: CallbackRelay | null;
  /**
   * Scheme, host and port the person's browser uses, already checked against the allow-list. Behind
   * Next.js `request.url` names the host the server was started with instead.
   */
  readonly origin: string;
  /** Path of the page that shows a problem; gets `?problem=<code>`. */
  readonly problemPage: string;
  /** Told every problem with its details, which the address does not carry. */
  readonly onProblem?: (problem: SignInProblem) => void;
}

/** `run` is next-auth's handler for this very request. */
export async function handleSignInRoute(
  request: Request,
  run: () => Promise<Response>,
  settings: SignInRouteSettings,
): Promise<Response> {
  const url = new URL(request.url);
  const isCallback = url.pathname === CALLBACK_ROUTE || url.pathname === "/auth/callback";
  if (isCallback) return uncached(await callback(url, run, settings));
  if (url.pathname === SIGN_IN_PATH && request.method === "POST") {
    // next-auth lets the query override the authorize request, the redirect address included.
    if (url.search !== "") return new Response(null, { status: 400 });
    return uncached(await begin(run, settings));
  }
  return run();
}

async function begin(run: () => Promise<Response>, settings: SignInRouteSettings) {
  const { value: response, problem: failed } = await withSignInProblem(run);
  if (failed) return refused(response, failed, settings);
  const target = await destination(response);
  const authorize = target && URL.canParse(target) ? new URL(target) : null;
  const { issuer, relay, origin } = settings;
  const leaves =
    authorize?.origin === issuer.authorize.origin &&
    authorize.pathname === issuer.authorize.pathname;
  const state = authorize?.searchParams.get("state");
  // Anything else, such as a missing CSRF token, is next-auth's own answer.
  if (!leaves || !state || !relay) return response;
  const opened = await relay.expect({
    state,
    callbackUrl: new URL(CALLBACK_ROUTE, origin),
    problemUrl: problemUrl("state-mismatch", settings),
  });
  if (opened.ok) return response;
  return refused(response, problem("port-taken", opened.error.detail), settings);
}

async function callback(url: URL, run: () => Promise<Response>, settings: SignInRouteSettings) {
  const error = url.searchParams.get("error");
  if (error) {
    const description = url.searchParams.get("error_description") ?? "";
    return refused(null, redirectProblem(error, description), settings);
  }
  // Which of two would count is decided differently by different readers: neither does.
  for (const name of ["code", "state", "iss"]) {
    if (url.searchParams.getAll(name).length > 1) {
      return refused(null, problem("state-mismatch"), settings);
    }
  }
  const { value: response, problem: failed } = await withSignInProblem(run);
  if (failed) return refused(response, failed, settings);
  const target = response.headers.get("location") ?? "";
  const lost = URL.canParse(target, url) && new URL(target, url).searchParams.has("error");
  return lost ? refused(response, problem("unexpected"), settings) : response;
}

/** In place of next-auth's redirect, in the form it was asked for; its cookies are kept. */
function refused(
  response: Response | null,
  reason: SignInProblem,
  settings: SignInRouteSettings,
): Response {
  settings.onProblem?.(reason);
  const target = problemUrl(reason.code, settings).href;
  const asJson = response?.headers.get("content-type")?.startsWith("application/json") ?? false;
  const answer = asJson
    ? Response.json({ url: target })
    : new Response(null, { status: 302, headers: { location: target } });
  for (const cookie of response?.headers.getSetCookie() ?? []) {
    answer.headers.append("set-cookie", cookie);
  }
  return answer;
}

function problemUrl(code: SignInProblemCode, settings: SignInRouteSettings): URL {
  const url = new URL(settings.problemPage, settings.origin);
  url.searchParams.set("problem", code);
  return url;
}

/** Where the answer sends the browser: by redirect, or as `{url}` to next-auth's own script. */
async function destination(response: Response): Promise<string | null> {
  const location = response.headers.get("location");
  if (location) return location;
  const body: unknown = await response
    .clone()
    .json()
    .catch(() => null);
  const url = typeof body === "object" && body !== null && "url" in body ? body.url : null;
  return typeof url === "string" ? url : null;
}

/** These addresses carry the code and the state: nothing may keep them or pass them on. */
function uncached(response: Response): Response {
  response.headers.set("cache-control", "no-store");
  response.headers.set("referrer-policy", "no-referrer");
  return response;
}
