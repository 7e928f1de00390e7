/** Downloads the generated files with their real bytes. */

import { basename } from "node:path";
import { currentVisit } from "@/app/_server/visit";
import { patchOf } from "@/lib/setup/export/own-source";
import { answersOf } from "@/lib/visit/choices/answers";
import { currentLogin } from "@/lib/visit/login";
import { readSnapshot } from "@/lib/visit/machine";
import { planOf } from "@/lib/visit/plan-for-visit";

export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ readonly file: string }> },
): Promise<Response> {
  const visit = await currentVisit("GET");
  const { file } = await params;
  if (file === "answers.json") {
    // Contains no secret; `openclaw-setup apply --answers` reads it.
    const text = JSON.stringify(answersOf(visit), null, 2);
    return attachment(file, new TextEncoder().encode(`${text}\n`));
  }
  const plan = planOf(visit, await readSnapshot(visit), await currentLogin(visit));
  const handOver = plan?.ok ? plan.value.handOver : null;
  if (handOver?.credential === "login" && file === "auth-profiles.json") {
    // The file now owns the login, so ending the visit must not revoke it.
    if (visit.login) visit.login = { ...visit.login, taken: true };
    return attachment(file, handOver.file.after ?? new Uint8Array());
  }
  const included = /^included-(\d{1,4})$/u.exec(file)?.[1];
  if (plan?.ok && included !== undefined) {
    const planned = plan.value.files.filter(({ role }) => role === "included")[
      Number(included) - 1
    ];
    if (planned?.after) return attachment(basename(planned.path), planned.after);
  }
  if (plan?.ok && file === "openclaw.patch" && plan.value.unwritten.length > 0) {
    return attachment(file, new TextEncoder().encode(patchOf(plan.value)));
  }
  if (!plan?.ok || (file !== "openclaw.json" && file !== "dot-env")) {
    return new Response("404\n", { status: 404 });
  }
  const role = file === "openclaw.json" ? "config" : "dotenv";
  const planned = plan.value.files.find((entry) => entry.role === role)?.after;
  const bytes =
    planned ?? new TextEncoder().encode(role === "config" ? plan.value.config.after : "");
  return attachment(role === "config" ? file : ".env", bytes);
}

function attachment(name: string, bytes: Uint8Array): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": "application/octet-stream",
      // RFC 6266: an included file may have any name.
      "content-disposition": `attachment; filename="${name.replace(/[^\w.-]/gu, "_")}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      "cache-control": "no-store",
    },
  });
}
