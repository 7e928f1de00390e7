/** The report of `rehearse --json`: what OpenClaw would send, where and with which credential. */

import * as z from "zod";
import { REPORT_VERSION, versionSchema } from "@/cli/report/common";
import { plannedOf } from "@/cli/report/plan-report";
import { plannedSchema } from "@/cli/report/plan-schema";
import type { PreparedPlan } from "@/cli/steps/prepare-plan";
import type { Words } from "@/lib/i18n/words";
import { forbids, type Preflight } from "@/lib/setup/verify/preflight";
import { type Rehearsal, repairsFor } from "@/lib/setup/verify/rehearsal/verdict";

export const rehearsalReportSchema = z
  .object({
    version: versionSchema,
    command: z.literal("rehearse"),
    ok: z.literal(true),
    plan: plannedSchema,
    preflight: z
      .enum(["accepted", "refused", "objects-to-others", "unknown"])
      .describe("Whether OpenClaw takes the config; objects-to-others: what was there before."),
    issues: z.array(z.string()).describe("OpenClaw's own words about it."),
    rehearsal: z
      .enum([
        "rehearsed",
        "other-credential",
        "other-host",
        "other-model",
        "unknown-model",
        "no-runtime",
        "failed",
        "impossible",
        "not-installed",
        "missing-bin",
        "node-misfit",
        "none",
      ])
      .describe("rehearsed: the chosen credential went to OpenAI for the chosen model."),
    host: z.string().nullable(),
    model: z.string().nullable(),
    credential: z.enum(["key", "login"]).nullable(),
    detail: z.string(),
    mend: z.array(z.string()).describe("Ids for `--accept` that would answer it."),
  })
  .describe("What the installed OpenClaw would send.");

/** `saw` is null if the config was refused or the rehearsal was cancelled. */
export function rehearsalReport(
  prepared: PreparedPlan,
  preflight: Preflight | null,
  saw: Rehearsal | null,
  words: Words,
): z.infer<typeof rehearsalReportSchema> {
  const issues = preflight?.kind === "objects" ? [...preflight.ours, ...preflight.others] : [];
  return {
    version: REPORT_VERSION,
    command: "rehearse",
    ok: true,
    plan: plannedOf(prepared, words),
    preflight: judged(preflight),
    issues: issues.map(({ path, message }) => `${path}: ${message}`),
    rehearsal: saw?.kind ?? "none",
    host: saw && "host" in saw ? saw.host : null,
    model: saw && "model" in saw ? saw.model : null,
    credential: saw?.kind === "rehearsed" ? saw.credential : null,
    detail: detailOf(saw),
    mend: saw ? repairsFor(saw, prepared.plan).map(({ id }) => id) : [],
  };
}

function judged(preflight: Preflight | null) {
  if (preflight?.kind === "accepted") return "accepted";
  if (preflight?.kind !== "objects") return "unknown";
  return forbids(preflight) ? "refused" : "objects-to-others";
}

function detailOf(saw: Rehearsal | null): string {
  if (saw?.kind === "failed") return saw.failure.detail;
  if (saw?.kind === "impossible") return saw.why;
  return saw && "detail" in saw ? saw.detail : "";
}
