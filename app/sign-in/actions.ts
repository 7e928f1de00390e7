"use server";

/** What the forms of the sign-in pages do; the button of the browser sign-in has a route of its own. */

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
import { leaveForSignIn, returnFromSignIn } from "@/lib/visit/sign-in/browser";
import { endDevice, releaseLogin, startDevice } from "@/lib/visit/sign-in/device";
import type { Wizard } from "@/lib/visit/visit";

const nothing = z.object({});

export const signOut = action(nothing, "/sign-in", async (wizard) => {
  await releaseLogin(wizard);
  if (wizard.signIn.revoking) await settledWithin(wizard.signIn.revoking);
  wizard.signIn.problem = null;
  return "/sign-in";
});

export const requestDeviceCode = action(nothing, "/sign-in", async (wizard) => {
  await startDevice(wizard);
  return "/sign-in/device";
});

/** Should the service still give a login, it is ended there at once. */
export const cancelExchange = action(nothing, "/sign-in", async (wizard) => {
  wizard.signIn.exchange?.job.cancel();
  return "/sign-in";
});

export const cancelDeviceCode = action(nothing, "/sign-in", async (wizard) => {
  endDevice(wizard);
  return "/sign-in";
});

/** The address for a browser elsewhere; the relay would only listen for one that never comes. */
export const signInElsewhere = action(nothing, "/sign-in", async (wizard) => {
  await wizard.host.signIn.relay.close();
  const { target, cookies } = await leaveForSignIn(wizard, await currentVisitor(), {
    elsewhere: true,
    askAccount: false,
  });
  await setCookies(cookies);
  return target ? "/sign-in/paste" : "/sign-in";
});

export const submitPasted = action(
  z.object({ address: z.string().max(100_000) }),
  "/sign-in/paste",
  async (wizard, { address }) => {
    const parsed = parsePastedRedirect(address);
    wizard.signIn.pasteRefusal = null;
    wizard.signIn.problem = null;
    if (!parsed.ok) {
      if (parsed.error.code !== "sign-in-failed") {
        wizard.signIn.pasteRefusal = parsed.error.code;
        return "/sign-in/paste";
      }
      wizard.signIn.problem = parsed.error.problem;
      return "/sign-in";
    }
    const { code, state, iss } = parsed.value;
    const query = new URLSearchParams({ code, state, ...(iss === null ? {} : { iss }) });
    await setCookies(await returnFromSignIn(wizard, await currentVisitor(), query, "pasted"));
    return wizard.signIn.elsewhere ? "/sign-in/paste" : "/sign-in";
  },
);

/** ChatGPT is asked first, and with `unchecked` taken at the person's word. */
export const shareCodexLogin = action(
  z.object({ unchecked: z.literal("1").optional() }),
  "/sign-in",
  async (wizard, { unchecked }) => {
    wizard.signIn.codexCheck?.cancel();
    wizard.signIn.codexCheck = null;
    const taken = await takeCodexLogin(wizard.host.env);
    // Since the page was shown it may have gone or run out; the page then says what is there now.
    if (!taken.ok || taken.value.expiresAt <= Date.now()) return "/sign-in";
    const check = startAccountCheck(wizard, taken.value);
    if (check === null || unchecked) {
      await shareCodex(wizard, taken.value, check);
      return "/sign-in";
    }
    wizard.signIn.codexCheck = check;
    const shared = check.settled.then(async () => {
      const wanted = wizard.signIn.codexCheck === check;
      const usable = check.result?.kind === "done" && check.result.value.kind === "usable";
      if (wanted && usable) await shareCodex(wizard, taken.value, check);
    });
    await Promise.race([shared, settledWithin(check)]);
    if (check.result !== null) await shared;
    return "/sign-in";
  },
);

export const cancelCodexCheck = action(nothing, "/sign-in", async (wizard) => {
  wizard.signIn.codexCheck?.cancel();
  wizard.signIn.codexCheck = null;
  return "/sign-in";
});

export const checkAccountAgain = action(nothing, "/sign-in", async (wizard) => {
  const login = await currentLogin(wizard);
  if (!wizard.login || !login) return "/sign-in";
  wizard.login.check?.cancel();
  wizard.login = { ...wizard.login, check: startAccountCheck(wizard, login) };
  if (wizard.login.check) await settledWithin(wizard.login.check);
  return "/sign-in";
});

export const cancelAccountCheck = action(nothing, "/sign-in", async (wizard) => {
  await endAccountCheck(wizard);
  return "/sign-in";
});

/** The same from the page of the models, which then offers all that the release knows. */
export const skipAccountCheck = action(nothing, "/model", async (wizard) => {
  await endAccountCheck(wizard);
  return "/model";
});

export const seeStored = action(nothing, "/sign-in", async (wizard) => {
  wizard.signIn.stored?.cancel();
  const { env, profile } = wizard.host;
  wizard.signIn.stored = startJob((signal) => storedLogins(env, profile, signal));
  await settledWithin(wizard.signIn.stored);
  return "/sign-in";
});

export const cancelStored = action(nothing, "/sign-in", async (wizard) => {
  wizard.signIn.stored?.cancel();
  wizard.signIn.stored = null;
  return "/sign-in";
});

async function endAccountCheck({ login }: Wizard): Promise<void> {
  login?.check?.cancel();
  await login?.check?.settled;
}

async function shareCodex(
  wizard: Wizard,
  login: ChatGptLogin,
  check: Job<AccountCheck> | null,
): Promise<void> {
  endDevice(wizard);
  await releaseLogin(wizard);
  await keepLogin(wizard, login, "codex", check);
  Object.assign(wizard.signIn, { problem: null, codexCheck: null });
}
