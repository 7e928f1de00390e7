/** Handles "Open my OpenClaw", a plain form that opens a tab without scripts. */

import { currentVisit } from "@/app/_server/visit";
import { startOpening } from "@/lib/visit/gateway";

export async function POST(): Promise<Response> {
  const visit = await currentVisit("POST");
  startOpening(visit);
  return new Response(null, {
    status: 303,
    headers: { location: "/open", "cache-control": "no-store" },
  });
}
