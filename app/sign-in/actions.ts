"use server";

/** What the forms of the sign-in pages do; the button of the browser sign-in has a route of its own. */

import { cookies } from "next/headers";
import { z } from "zod";
import { action } from "@/app/_server/action";
import { keepLogin } from "@/app/_server/login";
import {
  endDevice,
  leaveForSignIn,
  releaseLogin,
  returnFromSignIn,
  startDevice,
} from "@/app/_server/sign-in";
import { takeCodexLogin } from "@/lib/openai/chatgpt/codex-login";
import { parsePastedRedirect } from "@/lib/openai/chatgpt/pasted-redirect";
import { currentInstance } from "@/lib/session/instance";
import type { AuthCookie } from "@/lib/session/next-auth-call";

const nothing = z.object({});

export const signOut = action(nothing, "/sign-in", async (wizard) => {
  await releaseLogin(wizard);
  wizard.signIn.problem = null;
  return "/sign-in";
});

export const requestDeviceCode = action(nothing, "/sign-in", async (wizard) => {
  await startDevice(wizard);
  return "/sign-in/device";
});

export const cancelDeviceCode = action(nothing, "/sign-in", async (wizard) => {
  endDevice(wizard);
  return "/sign-in";
});

/** The address for a browser elsewhere; the relay would only listen for one that never comes. */
export const signInElsewhere = action(nothing, "/sign-in", async (wizard) => {
  await currentInstance().signIn.relay.close();
  const { target, cookies } = await leaveForSignIn(wizard, { elsewhere: true, askAccount: false });
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
    await setCookies(await returnFromSignIn(wizard, query, "pasted"));
    return wizard.signIn.elsewhere ? "/sign-in/paste" : "/sign-in";
  },
);

export const shareCodexLogin = action(nothing, "/sign-in", async (wizard) => {
  const taken = await takeCodexLogin(process.env);
  // Since the page was shown it may have gone or run out; the page then says what is there now.
  if (!taken.ok || taken.value.expiresAt <= Date.now()) return "/sign-in";
  endDevice(wizard);
  await releaseLogin(wizard);
  await keepLogin(wizard, taken.value, "codex");
  wizard.signIn.problem = null;
  return "/sign-in";
});

async function setCookies(lines: readonly AuthCookie[]): Promise<void> {
  const jar = await cookies();
  for (const { name, value, expires } of lines) {
    const until = expires ? { expires } : {};
    jar.set(name, value, { httpOnly: true, sameSite: "lax", path: "/", ...until });
  }
}
