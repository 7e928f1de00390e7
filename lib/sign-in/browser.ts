/** Runs the browser sign-in around next-auth, without knowing the web framework. */

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
  /** Null if the app itself serves the callback port. */
  readonly relay: CallbackRelay | null;
}

/** The caller has already checked session and host. */
export interface SignInVisitor {
  readonly cookies: Readonly<Record<string, string>>;
  readonly origin: URL;
}

/**
 * Lead to it by a page and forbid caching: `form-action 'self'` blocks redirects after forms,
 * and cross-site ones carry no SameSite=Strict cookie.
 */
export interface SignInStep {
  readonly target: URL;
  readonly cookies: readonly AuthCookie[];
  readonly problem: SignInProblem | null;
}

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
    // Cookies are needed too: the user may paste the address from another machine's browser.
    if (!opened.ok) {
      const taken = problem("port-taken", opened.error.detail);
      const holder = await portHolder(opened.error.port);
      return stopped(visitor, settings, holder ? { ...taken, holder } : taken, answer.cookies);
    }
  }
  return { target, cookies: answer.cookies, problem: null };
}

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

/** next-auth requires its own CSRF token; the visitor was checked before. */
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
      // next-auth would let a query override parameters of the authorize request.
      body: { csrfToken, callbackUrl: new URL(returnTo, visitor.origin).href },
      origin: visitor.origin,
      cookies: { ...visitor.cookies, ...made },
    },
    options,
  );
  // Both answers may set the same cookie; the later one wins.
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
