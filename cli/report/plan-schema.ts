/** The schema of the `plan --json` report, which contains no secret. */

import * as z from "zod";
import { versionSchema } from "@/cli/report/common";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { answersSchema } from "@/lib/visit/choices/answers";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);
const data = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export const plannedSchema = z.object({
  digest: z
    .string()
    .regex(/^[0-9a-f]{16}\.[0-9a-f]{64}$/u)
    .describe("For `apply --digest`: over paths, modes and bytes before and after."),
  choices: answersSchema,
  openclaw: z.string().nullable().describe("The installed release; null: none."),
  stateDir: z.string(),
  configPath: z.string(),
  files: z.array(
    z.object({
      path: z.string(),
      role: z.enum(["config", "included", "dotenv", "login", "backup"]),
      mode: z.string().describe("Octal, such as 0600."),
      before: sha256.nullable().describe("Of the bytes as they are; null: there is no such file."),
      after: sha256.nullable().describe("Of the bytes as they will be."),
      difference: z.array(z.string()).describe("Lines, with secrets masked."),
    }),
  ),
  changes: z.array(z.object({ kind: z.string(), data })),
  repairs: z.array(
    z.object({
      id: z.string().describe("For `--accept` and `--decline`."),
      kind: z.string(),
      data,
      accepted: z.boolean(),
      important: z.boolean(),
      onRequest: z.boolean().describe("Made only where it is accepted by name."),
      gone: z.string().optional().describe("What is taken out by it, with secrets masked."),
      blocked: z.boolean().describe("It cannot be made in this config."),
    }),
  ),
  keyForm: keyFormSchema,
  keyForms: z.array(keyFormSchema).describe("That the release accepts, the recommended one first."),
  otherDefault: z
    .object({ from: z.string(), choice: z.enum(["first", "instead", "after"]) })
    .nullable()
    .describe("A default model of another provider that was found."),
  overriddenBy: z
    .literal("environment")
    .nullable()
    .describe("Another key of the environment would go first."),
  ownSource: z
    .object({
      json: z.string().describe("What is to be added, as JSON with secrets masked."),
      nix: z.string().describe("The same as a Nix value."),
      removed: z.array(z.string()).describe("Places to be taken out."),
    })
    .nullable()
    .describe("For a config that is made elsewhere and so not written here."),
  handOverCommand: z
    .array(z.string())
    .nullable()
    .describe("OpenClaw's own command that is run for the hand-over of a login or key."),
});

export const planReportSchema = plannedSchema
  .extend({ version: versionSchema, command: z.literal("plan"), ok: z.literal(true) })
  .describe("What would be written.");

export type Planned = z.infer<typeof plannedSchema>;
