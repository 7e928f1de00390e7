/** Signing in with ChatGPT in a browser, joined to the visit: settings, cookies, and what becomes of their outcome. */

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

/** Prepares the way to the service. `elsewhere`: in a browser that cannot come back here by itself. */
export async function leaveForSignIn(
  visit: Visit,
  visitor: SignInVisitor,
  way: { readonly elsewhere: boolean; readonly askAccount: boolean },
): Promise<{ readonly target: URL | null; readonly cookies: readonly AuthCookie[] }> {
  const { signIn } = visit.host;
  endDevice(visit);
  // An older attempt no longer counts.
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

/** Takes what came back. The cookies belong on the answer, whatever it is. */
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
  // A code counts once: the same address again, as by a reload, asks for nothing again.
  if (running && visit.signIn.exchange?.state === state) {
    await settledWithin(running);
    return [];
  }
  const expected = visit.host.signIn.attempt?.state === state;
  const job = startJob((signal) =>
    exchange(visit, { visitor, query, source, signal }, settings.value),
  );
  // An answer that nobody expected does not take the place of one that is being dealt with.
  if (running === null || expected) visit.signIn.exchange = { state, job };
  void job.settled.then(() => {
    if (job.result?.kind === "failed") visit.signIn.problem = problem("unexpected");
  });
  await settledWithin(job);
  if (job.result?.kind === "done") return job.result.value;
  // Its cookies have been read, and nobody needs them any more.
  return expected ? spentCookies(settings.value.cookiePrefix) : [];
}

/** Null where none is, and for one that was given up. */
export function exchangeUnderWay({ signIn }: Visit): Job<readonly AuthCookie[]> | null {
  const job = signIn.exchange?.job;
  return job && job.result === null && !job.cancelled ? job : null;
}

interface Arrival {
  readonly visitor: SignInVisitor;
  readonly query: URLSearchParams;
  readonly source: Extract<LoginSource, "browser" | "pasted">;
  /** Given up. The request goes on: its answer may be a login, which must not live on unseen. */
  readonly signal: AbortSignal;
}

/** The cookies that belong on the answer, if there still is one to put them on. */
async function exchange(
  visit: Visit,
  { visitor, query, source, signal }: Arrival,
  settings: BrowserSignInSettings,
): Promise<readonly AuthCookie[]> {
  const { signIn } = visit.host;
  // An answer to an older attempt says nothing about the one that may still be under way.
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
  // The visit itself holds the id; a second cookie for it would only have to be looked after.
  return step.cookies.filter((cookie) => cookie.name !== name);
}

/** Why a sign-in that was under way will not come back any more; null while it may. */
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
    // All ports of a host share their cookies; a restart on the same port replaces its own.
    cookiePrefix: `openclaw-setup-${visitor.origin.port || "80"}-sign-in`,
    page: "/sign-in",
    relay: way.elsewhere || direct ? null : signIn.relay,
    askAccount: way.askAccount,
  });
}
