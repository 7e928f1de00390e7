/** Leads to the dashboard once, by a page because `form-action 'self'` forbids a redirect. */

import { headers } from "next/headers";
import { getLocale, getTranslations } from "next-intl/server";
import { currentVisit } from "@/app/_server/visit";
import { onwardPage } from "@/lib/door/plain-page";
import { takeAddress } from "@/lib/visit/gateway";

export async function POST(): Promise<Response> {
  const visit = await currentVisit("POST");
  const address = takeAddress(visit);
  const answer = new Headers({ "cache-control": "no-store" });
  if (address === null) {
    answer.set("location", "/open");
    return new Response(null, { status: 303, headers: answer });
  }
  const policy = (await headers()).get("content-security-policy") ?? "";
  const nonce = /'nonce-(?<nonce>[^']+)'/u.exec(policy)?.groups?.["nonce"] ?? "";
  const t = await getTranslations("open");
  answer.set("content-type", "text/html; charset=utf-8");
  return new Response(onwardPage(await getLocale(), nonce, t("going"), address), {
    headers: answer,
  });
}
