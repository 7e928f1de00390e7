/** Finds the visit of the current request. */

import { cookies, headers } from "next/headers";
import { authorize } from "@/lib/door/authorize";
import { currentInstance } from "@/lib/door/instance";
import { newVisit, type Visit } from "@/lib/visit/visit";

/** Throws for an unauthorized request before anything is read. */
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
  // Loaded on demand with the sign-in.
  session.end = async () => (await import("@/lib/visit/end-visit")).endVisit(visit);
  return visit;
}
