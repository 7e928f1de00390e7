/** The reports of `export --json`, which contain no secret. */

import { createHash } from "node:crypto";
import * as z from "zod";
import { REPORT_VERSION, versionSchema } from "@/cli/report/common";
import { ENGINES, type Engine } from "@/lib/openclaw/deployments/shapes";
import type { Export, ExportFile } from "@/lib/setup/export/types";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

export const exportReportSchema = z
  .object({
    version: versionSchema,
    command: z.literal("export"),
    ok: z.literal(true),
    engine: z.enum(ENGINES),
    release: z.string().describe("That the engine runs."),
    folder: z.string(),
    files: z.array(z.object({ path: z.string(), mode: z.string().describe("Octal."), sha256 })),
    variables: z.array(z.string()).describe("Names that the engine has to set."),
    model: z.string().nullable().describe("Null where each instance has its own."),
    insteadOf: z.string().nullable().describe("The chosen model, where the release has none such."),
    leftOut: z.array(z.string()).describe("Settings that name something on this machine."),
    signIn: z.array(z.string()).nullable().describe("How each instance signs in with ChatGPT."),
    instances: z.int().describe("How many there are."),
  })
  .describe("Files for an engine.");

export const updateReportSchema = z
  .object({
    version: versionSchema,
    command: z.literal("export"),
    ok: z.literal(true),
    engine: z.enum(ENGINES),
    release: z.string(),
    folder: z.string(),
    outcome: z.enum(["written", "dry-run", "unchanged"]),
    files: z.array(
      z.object({ path: z.string(), difference: z.array(z.string()).describe("Masked lines.") }),
    ),
  })
  .describe("A deployment that was changed.");

export function exportReport(done: {
  readonly engine: Engine;
  readonly release: string;
  readonly folder: string;
  readonly files: readonly ExportFile[];
  readonly variables: readonly string[];
  readonly made: Export | null;
  readonly instances: readonly unknown[] | undefined;
}) {
  const { engine, release, folder, files, variables, made, instances } = done;
  return {
    version: REPORT_VERSION,
    command: "export",
    ok: true,
    engine,
    release,
    folder,
    files: files.map(({ path, text, mode }) => ({
      path,
      mode: mode.toString(8).padStart(4, "0"),
      sha256: createHash("sha256").update(text).digest("hex"),
    })),
    variables: [...variables],
    model: made?.model ?? null,
    insteadOf: made?.insteadOf ?? null,
    leftOut: (made?.leftOut ?? []).map(({ path }) => path),
    signIn: made?.signIn ? [...made.signIn] : null,
    instances: instances?.length ?? 1,
  } satisfies z.infer<typeof exportReportSchema>;
}

export function updateReport(done: {
  readonly engine: Engine;
  readonly release: string;
  readonly folder: string;
  readonly outcome: "written" | "dry-run" | "unchanged";
  readonly files: ReadonlyArray<{ readonly path: string; readonly lines: readonly string[] }>;
}) {
  const { files, ...rest } = done;
  return {
    version: REPORT_VERSION,
    command: "export",
    ok: true,
    ...rest,
    files: files.map(({ path, lines }) => ({ path, difference: [...lines] })),
  } satisfies z.infer<typeof updateReportSchema>;
}
