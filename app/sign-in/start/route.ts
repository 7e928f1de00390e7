/** Handles "Sign in with ChatGPT", by a page because `form-action 'self'` forbids a redirect to the service. */

import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { currentVisit } from "@/app/_server/visit";
import { currentVisitor } from "@/app/_server/visitor";
import { onwardPage } from "@/lib/door/plain-page";
import { setCookieLine } from "@/lib/sign-in/next-auth-call";
import { leaveForSignIn } from "@/lib/visit/sign-in/browser";
import { releaseLogin } from "@/lib/visit/sign-in/device";

export async function POST(request: Request): Promise<Response> {
  const visit = await currentVisit("POST");
  const switching = (await request.formData()).has("switch");
  if (switching) await releaseLogin(visit);
  visit.auth = "chatgpt";
  const { target, cookies } = await leaveForSignIn(visit, await currentVisitor(), {
    elsewhere: false,
    askAccount: switching,
  });
  const answer = new Headers({ "cache-control": "no-store" });
  for (const cookie of cookies) answer.append("set-cookie", setCookieLine(cookie));
  if (!target) {
    answer.set("location", "/sign-in");
    return new Response(null, { status: 303, headers: answer });
  }
  const policy = (await headers()).get("content-security-policy") ?? "";
  const nonce = /'nonce-(?<nonce>[^']+)'/u.exec(policy)?.groups?.["nonce"] ?? "";
  const t = await getTranslations("locked");
  answer.set("content-type", "text/html; charset=utf-8");
  return new Response(onwardPage(await getLocale(), nonce, t("toSignIn"), target.href), {
    headers: answer,
  });
}
