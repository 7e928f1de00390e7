/** The common part of every `--json` report, a single document on standard output. */

import * as z from "zod";
import type { Failure } from "@/cli/failure";

/** Raised when a field is removed or changes its meaning, but not for new fields. */
export const REPORT_VERSION = 1;

export const versionSchema = z.literal(REPORT_VERSION).describe("Of this format.");

/** Replaces a command's report after a failure. */
export const failureReportSchema = z
  .object({
    version: versionSchema,
    command: z.string().describe("Empty where none of that name exists."),
    ok: z.literal(false),
    exitCode: z.int().describe("With which the command ends."),
    error: z.object({
      code: z.string().describe("The same in every language."),
      what: z.string().describe("What is wrong, in the language of the terminal."),
      next: z.string().describe("What to do; may be empty."),
      path: z.string().nullable().describe("The file it is about."),
      detail: z.string().describe("Words of the system, OpenClaw or OpenAI, without secrets."),
    }),
  })
  .describe("A command that did not do what it was asked for.");

export type FailureReport = z.infer<typeof failureReportSchema>;

export function failureReport(command: string, failure: Failure): FailureReport {
  const { code, exit, what, next, path = null, detail = "" } = failure;
  const error = { code, what, next, path, detail };
  return { version: REPORT_VERSION, command, ok: false, exitCode: exit, error };
}
