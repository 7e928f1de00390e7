/** The visitor behind the current request, with the visit that is kept for them. */

import { cookies, headers } from "next/headers";
import { authorize } from "@/lib/door/authorize";
import { currentInstance } from "@/lib/door/instance";
import { newVisit, type Visit } from "@/lib/visit/visit";

/** Throws where the door's questions have no good answer; nothing has been read by then. */
export async function currentVisit(method: "GET" | "POST"): Promise<Visit> {
  const [requestHeaders, requestCookies] = [await headers(), await cookies()];
  const session = authorize(currentInstance(), {
    method,
    get: (name) => requestHeaders.get(name),
    cookie: (name) => requestCookies.get(name)?.value,
  });
  if (!session) throw new Error("not let in");
  const kept = session.slots.get("visit") as Visit | undefined;
  if (kept) return kept;
  const { profile, signIn } = currentInstance();
  const visit = newVisit({ env: process.env, profile, signIn });
  session.slots.set("visit", visit);
  // What a sign-in needs is loaded when it is asked for.
  session.end = async () => (await import("@/lib/visit/end-visit")).endVisit(visit);
  return visit;
}
