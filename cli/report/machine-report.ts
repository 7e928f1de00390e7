/** The reports of `status --json` and `doctor --json`. */

import * as z from "zod";
import { reported, verificationSchema } from "@/cli/report/apply-report";
import { REPORT_VERSION, versionSchema } from "@/cli/report/common";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Verification } from "@/lib/setup/verify/verify";
import { whoAnswers } from "@/lib/setup/verify/who-answers";
import type { LastWrite } from "@/lib/setup/write/last-write";

const machineSchema = z.object({
  openclaw: z
    .object({ version: z.string(), command: z.string() })
    .nullable()
    .describe("The one that is used; null: none is installed."),
  others: z.array(z.object({ version: z.string(), command: z.string() })),
  node: z
    .enum(["fits", "other-fits", "none-fits", "own-program"])
    .nullable()
    .describe("Whether a Node here runs it; null where nothing is installed."),
  stateDir: z.string(),
  configPath: z.string(),
  configExists: z.boolean(),
  model: z.string().nullable().describe("The default model of the config."),
  credentials: z.array(
    z.object({
      name: z.string().describe("A variable, a path in the config, or a profile."),
      file: z.string().nullable(),
      kind: z.enum(["api-key", "oauth", "unknown"]),
      state: z.string(),
      wins: z.boolean(),
      end: z.string().describe("The last four characters; empty where they are not shown."),
    }),
  ),
  order: z
    .array(
      z.object({
        place: z.string().describe("store: what OpenClaw itself keeps."),
        name: z.string(),
        file: z.string().nullable(),
        kind: z.enum(["key", "login", "unknown"]),
        shown: z.string().describe("The account, or the key's ends."),
        state: z.string().describe("answers, behind, expired, or why it does not count."),
      }),
    )
    .describe("The credentials of OpenAI in the order in which OpenClaw takes them."),
  gateway: z.object({
    kind: z.enum(["here", "remote"]),
    running: z.boolean().nullable().describe("Null for one of another machine."),
    port: z.int().nullable(),
  }),
  lastWrite: z
    .object({ at: z.string(), files: z.array(z.string()) })
    .nullable()
    .describe("What an undo would take back."),
  verification: verificationSchema.nullable(),
});

export const statusReportSchema = machineSchema
  .extend({ version: versionSchema, command: z.literal("status"), ok: z.literal(true) })
  .describe("What is on this machine, and what the installed OpenClaw says of it.");

export const doctorReportSchema = machineSchema
  .extend({
    version: versionSchema,
    command: z.literal("doctor"),
    ok: z.literal(true),
    findings: z.array(
      z.object({
        what: z.string().describe("What is wrong, in the language of the terminal."),
        mend: z.string().nullable().describe("An id for `apply --accept`, where a plan mends it."),
      }),
    ),
  })
  .describe("What is wrong, and what would mend it.");

export interface Examined {
  readonly found: MachineView;
  readonly last: LastWrite | null;
  readonly verification: Verification | null;
}

export function machineReport({
  found,
  last,
  verification,
}: Examined): z.infer<typeof machineSchema> {
  const { installed, others, node, snapshot, defaultModel, credentials, gateway } = found;
  return {
    openclaw: installed && { version: installed.version, command: installed.command.path },
    others: others.map(({ version, command }) => ({ version, command: command.path })),
    node: node?.state ?? null,
    stateDir: snapshot.stateDir,
    configPath: snapshot.configPath,
    configExists: snapshot.configBytes !== null,
    model: defaultModel,
    credentials: credentials.map(({ name, file, kind, state, wins, fingerprint }) => ({
      name,
      file,
      kind,
      state,
      wins,
      end: fingerprint?.last4 ?? "",
    })),
    order: whoAnswers(found, verification).holders.map((holder) => ({ ...holder })),
    gateway: {
      kind: gateway.kind,
      running: gateway.kind === "here" ? gateway.isRunning : null,
      port: gateway.kind === "here" ? gateway.port : null,
    },
    lastWrite: last && { at: last.at, files: last.files.map(({ path }) => path) },
    verification: verification && reported(verification),
  };
}

export function statusReport(examined: Examined): z.infer<typeof statusReportSchema> {
  return { version: REPORT_VERSION, command: "status", ok: true, ...machineReport(examined) };
}

export type Finding = z.infer<typeof doctorReportSchema>["findings"][number];

export function doctorReport(
  examined: Examined,
  findings: readonly Finding[],
): z.infer<typeof doctorReportSchema> {
  const machine = machineReport(examined);
  return {
    version: REPORT_VERSION,
    command: "doctor",
    ok: true,
    ...machine,
    findings: [...findings],
  };
}
