"use server";

/** The form actions of the sign-in pages, except for the browser sign-in's route. */

import * as z from "zod";
import { action } from "@/app/_server/action";
import { currentVisitor, setCookies } from "@/app/_server/visitor";
import type { AccountCheck } from "@/lib/openai/chatgpt/account-check";
import { takeCodexLogin } from "@/lib/openai/chatgpt/codex-login";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import { parsePastedRedirect } from "@/lib/openai/chatgpt/pasted-redirect";
import { storedLogins } from "@/lib/setup/verify/stored-logins";
import { type Job, settledWithin, startJob } from "@/lib/system/job";
import { currentLogin, keepLogin, startAccountCheck } from "@/lib/visit/login";
import { secretsHere } from "@/lib/visit/machine";
import { leaveForSignIn, returnFromSignIn } from "@/lib/visit/sign-in/browser";
import { endDevice, releaseLogin, startDevice } from "@/lib/visit/sign-in/device";
import type { Visit } from "@/lib/visit/visit";

const nothing = z.object({});

export const signOut = action(nothing, "/sign-in", async (visit) => {
  await releaseLogin(visit);
  if (visit.signIn.revoking) await settledWithin(visit.signIn.revoking);
  visit.signIn.problem = null;
  return "/sign-in";
});

export const requestDeviceCode = action(nothing, "/sign-in", async (visit) => {
  await startDevice(visit);
  return "/sign-in/device";
});

/** A login that still arrives is revoked at once. */
export const cancelExchange = action(nothing, "/sign-in", async (visit) => {
  visit.signIn.exchange?.job.cancel();
  return "/sign-in";
});

export const cancelDeviceCode = action(nothing, "/sign-in", async (visit) => {
  endDevice(visit);
  return "/sign-in";
});

/** No relay is needed, since that browser cannot reach it. */
export const signInElsewhere = action(nothing, "/sign-in", async (visit) => {
  await visit.host.signIn.relay.close();
  const { target, cookies } = await leaveForSignIn(visit, await currentVisitor(), {
    elsewhere: true,
    askAccount: false,
  });
  await setCookies(cookies);
  return target ? "/sign-in/paste" : "/sign-in";
});

export const submitPasted = action(
  z.object({ address: z.string().max(100_000) }),
  "/sign-in/paste",
  async (visit, { address }) => {
    const parsed = parsePastedRedirect(address);
    visit.signIn.pasteRefusal = null;
    visit.signIn.problem = null;
    if (!parsed.ok) {
      if (parsed.error.code !== "sign-in-failed") {
        visit.signIn.pasteRefusal = parsed.error.code;
        return "/sign-in/paste";
      }
      visit.signIn.problem = parsed.error.problem;
      return "/sign-in";
    }
    const { code, state, iss } = parsed.value;
    const query = new URLSearchParams({ code, state, ...(iss === null ? {} : { iss }) });
    await setCookies(await returnFromSignIn(visit, await currentVisitor(), query, "pasted"));
    return visit.signIn.elsewhere ? "/sign-in/paste" : "/sign-in";
  },
);

/** Checks the login with ChatGPT first, unless the user accepts it `unchecked`. */
export const shareCodexLogin = action(
  z.object({ unchecked: z.literal("1").optional() }),
  "/sign-in",
  async (visit, { unchecked }) => {
    visit.signIn.codexCheck?.cancel();
    visit.signIn.codexCheck = null;
    const taken = await takeCodexLogin(visit.host.env);
    // The login may have gone or expired since the page was shown.
    if (!taken.ok || taken.value.expiresAt <= Date.now()) return "/sign-in";
    const check = startAccountCheck(visit, taken.value);
    if (check === null || unchecked) {
      await shareCodex(visit, taken.value, check);
      return "/sign-in";
    }
    visit.signIn.codexCheck = check;
    const shared = check.settled.then(async () => {
      const wanted = visit.signIn.codexCheck === check;
      const usable = check.result?.kind === "done" && check.result.value.kind === "usable";
      if (wanted && usable) await shareCodex(visit, taken.value, check);
    });
    await Promise.race([shared, settledWithin(check)]);
    if (check.result !== null) await shared;
    return "/sign-in";
  },
);

export const cancelCodexCheck = action(nothing, "/sign-in", async (visit) => {
  visit.signIn.codexCheck?.cancel();
  visit.signIn.codexCheck = null;
  return "/sign-in";
});

export const checkAccountAgain = action(nothing, "/sign-in", async (visit) => {
  const login = await currentLogin(visit);
  if (!visit.login || !login) return "/sign-in";
  visit.login.check?.cancel();
  visit.login = { ...visit.login, check: startAccountCheck(visit, login) };
  if (visit.login.check) await settledWithin(visit.login.check);
  return "/sign-in";
});

export const cancelAccountCheck = action(nothing, "/sign-in", async (visit) => {
  await endAccountCheck(visit);
  return "/sign-in";
});

/** Skips the check on the model page, which then offers all of the release's models. */
export const skipAccountCheck = action(nothing, "/model", async (visit) => {
  await endAccountCheck(visit);
  return "/model";
});

export const seeStored = action(nothing, "/sign-in", async (visit) => {
  visit.signIn.stored?.cancel();
  const { env, profile } = visit.host;
  visit.signIn.stored = startJob(async (signal) =>
    storedLogins(env, profile, signal, await secretsHere(visit)),
  );
  await settledWithin(visit.signIn.stored);
  return "/sign-in";
});

export const cancelStored = action(nothing, "/sign-in", async (visit) => {
  visit.signIn.stored?.cancel();
  visit.signIn.stored = null;
  return "/sign-in";
});

async function endAccountCheck({ login }: Visit): Promise<void> {
  login?.check?.cancel();
  await login?.check?.settled;
}

async function shareCodex(
  visit: Visit,
  login: ChatGptLogin,
  check: Job<AccountCheck> | null,
): Promise<void> {
  endDevice(visit);
  await releaseLogin(visit);
  await keepLogin(visit, login, "codex", check);
  Object.assign(visit.signIn, { problem: null, codexCheck: null });
}
