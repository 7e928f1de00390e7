/** The report of `undo --json`. */

import * as z from "zod";
import { REPORT_VERSION, versionSchema } from "@/cli/report/common";
import type { LastWrite } from "@/lib/setup/write/last-write";
import type { Undone } from "@/lib/setup/write/write";

export const undoReportSchema = z
  .object({
    version: versionSchema,
    command: z.literal("undo"),
    ok: z.literal(true),
    outcome: z.enum(["undone", "dry-run"]),
    writtenAt: z.string().describe("When it was written, ISO 8601."),
    files: z.array(z.string()).describe("Files that are, or would be, as they were before."),
    backupsKept: z.int().nullable().describe("Of earlier changes; null: not known."),
    secretsLeft: z.boolean().describe("Backups that hold a credential could not be deleted."),
  })
  .describe("What was put back.");

/** `undone` is null for a dry run. */
export function undoReport(last: LastWrite, undone: Undone | null) {
  return {
    version: REPORT_VERSION,
    command: "undo",
    ok: true,
    outcome: undone ? "undone" : "dry-run",
    writtenAt: last.at,
    files: [...(undone?.files ?? last.files.map(({ path }) => path))],
    backupsKept: undone?.kept ?? null,
    secretsLeft: undone !== null && undone.left !== null,
  } satisfies z.infer<typeof undoReportSchema>;
}
