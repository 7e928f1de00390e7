/** Takes the sign-in service's answer from our own page; see lib/door/callback.ts. */

import { currentVisit } from "@/app/_server/visit";
import { currentVisitor } from "@/app/_server/visitor";
import { setCookieLine } from "@/lib/sign-in/next-auth-call";
import { returnFromSignIn } from "@/lib/visit/sign-in/browser";

export async function GET(request: Request): Promise<Response> {
  const visit = await currentVisit("GET");
  const cookies = await returnFromSignIn(
    visit,
    await currentVisitor(),
    new URL(request.url).searchParams,
    "browser",
  );
  const answer = new Headers({ location: "/sign-in", "cache-control": "no-store" });
  for (const cookie of cookies) answer.append("set-cookie", setCookieLine(cookie));
  return new Response(null, { status: 303, headers: answer });
}
