"use server";

/** What the forms of the sign-in pages do; the button of the browser sign-in has a route of its own. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { releaseLogin } from "@/app/_server/sign-in";

const nothing = z.object({});

export const signOut = action(nothing, "/sign-in", async (wizard) => {
  await releaseLogin(wizard);
  wizard.signIn.problem = null;
  return "/sign-in";
});
