/**
 * The browser sign-in with ChatGPT, from the button to the login in the store: what goes around
 * next-auth. It knows no framework; the pages turn each step into an answer.
 */

import type { NextAuthOptions } from "next-auth";
import * as z from "zod";
import { redirectParameters } from "@/lib/openai/chatgpt/pasted-redirect";
import { problem, problemCode, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import type { CallbackRelay } from "@/lib/openai/chatgpt/relay";
import { type AuthCookie, callNextAuth, type NextAuthAnswer } from "@/lib/sign-in/next-auth-call";
import {
  nextAuthOptions,
  type SignInSettings,
  withSignInProblem,
} from "@/lib/sign-in/next-auth-options";
import { CALLBACK_ROUTE, PROVIDER_ID } from "@/lib/sign-in/route";
import { portHolder } from "@/lib/system/port-holder";

export interface BrowserSignInSettings extends SignInSettings {
  /** Null when the app itself is served on the callback port and answers `/auth/callback`. */
  readonly relay: CallbackRelay | null;
}

/** Who asks. Both must have been checked already: the visitor's session, and the host. */
export interface SignInVisitor {
  readonly cookies: Readonly<Record<string, string>>;
  /** Scheme, host and port as the browser has them; the sign-in returns to the same. */
  readonly origin: URL;
}

/**
 * Where the browser goes next, and the cookies to set on the way. Send it on by a page of one's own, not by a redirect: a redirect after a form is refused by `form-action 'self'`, and one
 * that began at another site carries no SameSite=Strict cookie. Nothing may store the answer.
 */
export interface SignInStep {
  readonly target: URL;
  readonly cookies: readonly AuthCookie[];
  readonly problem: SignInProblem | null;
}

/** The button was pressed: prepares state and PKCE, opens the relay, and names the service's page. */
export async function beginSignIn(
  visitor: SignInVisitor,
  returnTo: string,
  settings: BrowserSignInSettings,
): Promise<SignInStep> {
  const options = nextAuthOptions(settings);
  const { value: answer, problem: failed } = await withSignInProblem(() =>
    callSignIn(visitor, returnTo, options),
  );
  const target = answer.location && URL.canParse(answer.location) ? new URL(answer.location) : null;
  const { issuer, relay } = settings;
  const state = target?.searchParams.get("state");
  const leaves =
    target?.origin === issuer.authorize.origin && target.pathname === issuer.authorize.pathname;
  if (failed || !leaves || !state) {
    return stopped(visitor, settings, failed ?? problem("unexpected"), answer.cookies);
  }
  if (relay) {
    const callbackUrl = new URL(CALLBACK_ROUTE, visitor.origin);
    const problemUrl = new URL(`${CALLBACK_ROUTE}?problem=state-mismatch`, visitor.origin);
    const opened = await relay.expect({ state, callbackUrl, problemUrl });
    // The cookies too: the address may still be pasted, from a browser on another machine.
    if (!opened.ok) {
      const taken = problem("port-taken", opened.error.detail);
      const holder = await portHolder(opened.error.port);
      return stopped(visitor, settings, holder ? { ...taken, holder } : taken, answer.cookies);
    }
  }
  return { target, cookies: answer.cookies, problem: null };
}

/** The browser came back, by relay, rewrite or pasted address: `query` is that of the callback. */
export async function finishSignIn(
  visitor: SignInVisitor,
  query: URLSearchParams,
  settings: BrowserSignInSettings,
): Promise<SignInStep> {
  const known = problemCode(query.get("problem"));
  if (known) return stopped(visitor, settings, problem(known));
  const parameters = redirectParameters(query);
  if (!parameters.ok) {
    const { error } = parameters;
    if (error.code === "sign-in-failed") return stopped(visitor, settings, error.problem);
    const code = error.code === "code-missing" ? "code-missing" : "state-mismatch";
    return stopped(visitor, settings, problem(code));
  }
  const { code, state, iss } = parameters.value;
  const { value: answer, problem: failed } = await withSignInProblem(() =>
    callNextAuth(
      {
        method: "GET",
        path: ["callback", PROVIDER_ID],
        query: { code, state, ...(iss === null ? {} : { iss }) },
        ...visitor,
      },
      nextAuthOptions(settings),
    ),
  );
  const target = new URL(answer.location ?? settings.page, visitor.origin);
  if (failed || target.searchParams.has("error")) {
    return stopped(visitor, settings, failed ?? problem("unexpected"), answer.cookies);
  }
  return { target, cookies: answer.cookies, problem: null };
}

/** next-auth wants its own CSRF token; the visitor was checked before, so it is handed over here. */
async function callSignIn(
  visitor: SignInVisitor,
  returnTo: string,
  options: NextAuthOptions,
): Promise<NextAuthAnswer> {
  const csrf = await callNextAuth({ method: "GET", path: ["csrf"], ...visitor }, options);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(csrf.body);
  const made = Object.fromEntries(csrf.cookies.map(({ name, value }) => [name, value]));
  const answer = await callNextAuth(
    {
      method: "POST",
      path: ["signin", PROVIDER_ID],
      // No query: next-auth would let it replace any parameter of the authorize request.
      body: { csrfToken, callbackUrl: new URL(returnTo, visitor.origin).href },
      origin: visitor.origin,
      cookies: { ...visitor.cookies, ...made },
    },
    options,
  );
  // Both answers set some of the same; the later value is the one that counts.
  const byName = new Map(
    [...csrf.cookies, ...answer.cookies].map((cookie) => [cookie.name, cookie]),
  );
  return { ...answer, cookies: [...byName.values()] };
}

function stopped(
  visitor: SignInVisitor,
  settings: BrowserSignInSettings,
  reason: SignInProblem,
  cookies: readonly AuthCookie[] = [],
): SignInStep {
  const target = new URL(settings.page, visitor.origin);
  target.searchParams.set("problem", reason.code);
  return { target, cookies, problem: reason };
}
