/** JSON Schemas (2020-12) of the answers and of every report. */

import * as z from "zod";
import { applyReportSchema } from "@/cli/report/apply-report";
import { failureReportSchema, REPORT_VERSION } from "@/cli/report/common";
import { doctorReportSchema, statusReportSchema } from "@/cli/report/machine-report";
import { planReportSchema } from "@/cli/report/plan-schema";
import { rehearsalReportSchema } from "@/cli/report/rehearsal-report";
import { undoReportSchema } from "@/cli/report/undo-report";
import { answersSchema } from "@/lib/visit/choices/answers";

const REPORTS = {
  plan: planReportSchema,
  apply: applyReportSchema,
  undo: undoReportSchema,
  rehearse: rehearsalReportSchema,
  status: statusReportSchema,
  doctor: doctorReportSchema,
  failure: failureReportSchema,
};

/** By file name. */
export function schemas(): Readonly<Record<string, unknown>> {
  const reports = Object.entries(REPORTS).map(([name, schema]) => [
    `${name}-report-${REPORT_VERSION}`,
    // Readers ignore unknown fields, so a new field raises no version.
    z.toJSONSchema(z.looseObject(schema.shape).describe(schema.description ?? "")),
  ]);
  return {
    "answers-1": z.toJSONSchema(answersSchema, { io: "input" }),
    ...Object.fromEntries(reports),
  };
}
