/** The visitor behind the current request, with what the wizard keeps for them. */

import { cookies, headers } from "next/headers";
import { authorize } from "@/lib/door/authorize";
import { currentInstance } from "@/lib/door/instance";
import { newWizard, type Wizard } from "@/lib/visit/visit";

/** Throws where the door's questions have no good answer; nothing has been read by then. */
export async function visit(method: "GET" | "POST"): Promise<Wizard> {
  const [requestHeaders, requestCookies] = [await headers(), await cookies()];
  const session = authorize(currentInstance(), {
    method,
    get: (name) => requestHeaders.get(name),
    cookie: (name) => requestCookies.get(name)?.value,
  });
  if (!session) throw new Error("not let in");
  const kept = session.slots.get("wizard") as Wizard | undefined;
  if (kept) return kept;
  const { profile, signIn } = currentInstance();
  const wizard = newWizard({ env: process.env, profile, signIn });
  session.slots.set("wizard", wizard);
  // What a sign-in needs is loaded when it is asked for.
  session.end = async () => (await import("@/lib/visit/end-visit")).endVisit(wizard);
  return wizard;
}
