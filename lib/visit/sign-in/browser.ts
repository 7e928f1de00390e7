/** Connects the browser sign-in to a visit: settings, cookies and outcome. */

import { CALLBACK_PORT } from "@/lib/openai/chatgpt/issuer";
import { problem, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { ok, type Result } from "@/lib/result";
import {
  type BrowserSignInSettings,
  beginSignIn,
  finishSignIn,
  type SignInVisitor,
} from "@/lib/sign-in/browser";
import type { AuthCookie } from "@/lib/sign-in/next-auth-call";
import { readSession, sessionCookieName, spentCookies } from "@/lib/sign-in/next-auth-options";
import { type Job, settledWithin, startJob } from "@/lib/system/job";
import { adoptLogin } from "@/lib/visit/login";
import { endDevice, issuerOf, releaseLogin, revoke } from "@/lib/visit/sign-in/device";
import type { LoginSource, Visit } from "@/lib/visit/visit";

/** `elsewhere`: the browser cannot return here by itself. */
export async function leaveForSignIn(
  visit: Visit,
  visitor: SignInVisitor,
  way: { readonly elsewhere: boolean; readonly askAccount: boolean },
): Promise<{ readonly target: URL | null; readonly cookies: readonly AuthCookie[] }> {
  const { signIn } = visit.host;
  endDevice(visit);
  visit.signIn.exchange?.job.cancel();
  Object.assign(visit.signIn, { problem: null, pasteRefusal: null, elsewhere: null });
  visit.signIn.underWay = false;
  const settings = settingsFor(visit, visitor, way);
  if (!settings.ok) {
    visit.signIn.problem = settings.error;
    return { target: null, cookies: [] };
  }
  const step = await beginSignIn(visitor, "/sign-in", settings.value);
  if (step.problem) {
    visit.signIn.problem = step.problem;
    return { target: null, cookies: step.cookies };
  }
  const state = step.target.searchParams.get("state") ?? "";
  signIn.attempt = { state, origin: visitor.origin.origin };
  visit.signIn.underWay = !way.elsewhere;
  visit.signIn.elsewhere = way.elsewhere ? step.target.href : null;
  return { target: step.target, cookies: step.cookies };
}

/** The cookies belong on every answer. */
export async function returnFromSignIn(
  visit: Visit,
  visitor: SignInVisitor,
  query: URLSearchParams,
  source: Extract<LoginSource, "browser" | "pasted">,
): Promise<readonly AuthCookie[]> {
  const settings = settingsFor(visit, visitor, { elsewhere: true, askAccount: false });
  if (!settings.ok) {
    visit.signIn.problem = settings.error;
    return [];
  }
  const state = query.get("state") ?? "";
  const running = exchangeUnderWay(visit);
  // A code is valid once, so a reloaded address must not repeat the exchange.
  if (running && visit.signIn.exchange?.state === state) {
    await settledWithin(running);
    return [];
  }
  const expected = visit.host.signIn.attempt?.state === state;
  const job = startJob((signal) =>
    exchange(visit, { visitor, query, source, signal }, settings.value),
  );
  // An unexpected answer must not replace the current exchange.
  if (running === null || expected) visit.signIn.exchange = { state, job };
  void job.settled.then(() => {
    if (job.result?.kind === "failed") visit.signIn.problem = problem("unexpected");
  });
  await settledWithin(job);
  if (job.result?.kind === "done") return job.result.value;
  return expected ? spentCookies(settings.value.cookiePrefix) : [];
}

export function exchangeUnderWay({ signIn }: Visit): Job<readonly AuthCookie[]> | null {
  const job = signIn.exchange?.job;
  return job && job.result === null && !job.cancelled ? job : null;
}

interface Arrival {
  readonly visitor: SignInVisitor;
  readonly query: URLSearchParams;
  readonly source: Extract<LoginSource, "browser" | "pasted">;
  /** Cancelled; the request continues, because its answer may be a login to revoke. */
  readonly signal: AbortSignal;
}

async function exchange(
  visit: Visit,
  { visitor, query, source, signal }: Arrival,
  settings: BrowserSignInSettings,
): Promise<readonly AuthCookie[]> {
  const { signIn } = visit.host;
  // An answer to an older attempt says nothing about the current one.
  if (signIn.attempt !== null && query.get("state") === signIn.attempt.state) {
    visit.signIn.underWay = false;
    visit.signIn.elsewhere = null;
    signIn.attempt = null;
    await signIn.relay.close();
  }
  const step = await finishSignIn(visitor, query, settings);
  const name = sessionCookieName(settings.cookiePrefix);
  const session = step.problem
    ? null
    : await readSession(
        (wanted) => step.cookies.find((cookie) => cookie.name === wanted)?.value,
        settings,
      );
  if (signal.aborted) {
    if (session?.login) {
      await signIn.store.delete(session.loginId);
      revoke(visit, session.login);
    }
    return [];
  }
  if (session?.login) {
    await releaseLogin(visit);
    await adoptLogin(visit, session.loginId, session.login, source);
    visit.signIn.problem = null;
  } else visit.signIn.problem = step.problem ?? problem("unexpected");
  // The visit holds the id, so no cookie is needed.
  return step.cookies.filter((cookie) => cookie.name !== name);
}

/** Null while the sign-in may still return. */
export function endedUnderWay(visit: Visit): SignInProblem | null {
  const { relay } = visit.host.signIn;
  if (!visit.signIn.underWay) return null;
  if (relay.lastEnd === "cancelled") return problem("port-released");
  return relay.lastEnd === "expired" ? problem("expired") : null;
}

function settingsFor(
  visit: Visit,
  visitor: SignInVisitor,
  way: { readonly elsewhere: boolean; readonly askAccount: boolean },
): Result<BrowserSignInSettings, SignInProblem> {
  const issuer = issuerOf(visit);
  if (!issuer.ok) return issuer;
  const { signIn } = visit.host;
  const direct = visitor.origin.port === String(CALLBACK_PORT);
  return ok({
    issuer: issuer.value,
    store: signIn.store,
    secret: signIn.secret,
    // All ports of a host share cookies; a restart on the same port replaces its own.
    cookiePrefix: `openclaw-setup-${visitor.origin.port || "80"}-sign-in`,
    page: "/sign-in",
    relay: way.elsewhere || direct ? null : signIn.relay,
    askAccount: way.askAccount,
  });
}
