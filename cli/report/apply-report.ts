/** The report of `apply --json`: what was written, and OpenClaw's verdict. */

import * as z from "zod";
import { REPORT_VERSION, versionSchema } from "@/cli/report/common";
import { type Planned, plannedSchema } from "@/cli/report/plan-schema";
import type { Credential } from "@/lib/setup/verify/credential-in-use";
import type { Standing } from "@/lib/setup/verify/standing";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Written } from "@/lib/setup/write/write";

const credentialSchema = z
  .object({ kind: z.string(), name: z.string().describe("Of the account, or a key's end.") })
  .describe("The kinds are login, key-variable, key-config, key-profile and unknown.");

export const verificationSchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("not-installed") }),
    z.object({ kind: z.literal("missing-bin"), path: z.string() }),
    z.object({ kind: z.literal("node-misfit"), needed: z.string(), found: z.array(z.string()) }),
    z.object({
      kind: z.literal("failed"),
      code: z.string(),
      sentence: z.string(),
      detail: z.string(),
    }),
    z.object({
      kind: z.literal("answered"),
      valid: z
        .boolean()
        .nullable()
        .describe("Null: the release has no command that tells, or there is no config."),
      verdict: z.string().describe("usable, unusable or uncertain."),
      model: z.string(),
      credential: credentialSchema,
      differences: z.array(z.enum(["model", "credential", "host"])),
      detail: z.string(),
    }),
  ])
  .describe("What the installed OpenClaw says of the files.");

export const applyReportSchema = z
  .object({
    version: versionSchema,
    command: z.enum(["apply", "sign-in"]),
    ok: z.literal(true),
    outcome: z
      .enum(["written", "unchanged", "dry-run"])
      .describe("unchanged: everything was as chosen already."),
    plan: plannedSchema,
    transaction: z.string().nullable().describe("For an undo; null where no file was written."),
    files: z.array(z.object({ path: z.string(), created: z.boolean() })),
    verification: verificationSchema.nullable(),
    standing: z
      .enum(["written", "accepted", "answered", "answers"])
      .nullable()
      .describe("How far it is proven that it works."),
  })
  .describe("What was written, and what OpenClaw says of it.");

export type ApplyReport = z.infer<typeof applyReportSchema>;

interface Applied {
  readonly command: ApplyReport["command"];
  readonly outcome: ApplyReport["outcome"];
  readonly plan: Planned;
  readonly written: Written | null;
  readonly verification: Verification | null;
  readonly standing: Standing | null;
}

export function applyReport({ written, verification, ...rest }: Applied): ApplyReport {
  const files = written?.transaction.files ?? [];
  return {
    version: REPORT_VERSION,
    ok: true,
    ...rest,
    transaction: written?.transaction.id ?? null,
    files: files.map(({ path, created }) => ({ path, created })),
    verification: verification && reported(verification),
  };
}

export function reported(verification: Verification): z.infer<typeof verificationSchema> {
  switch (verification.kind) {
    case "node-misfit":
      return { ...verification, found: [...verification.found] };
    case "failed": {
      const { code, sentence, detail } = verification.failure;
      return { kind: "failed", code, sentence, detail };
    }
    case "answered": {
      const { kind, valid, verdict, model, credential, differences, detail } = verification;
      const named = differences.map(({ what }) => what);
      const used = { kind: credential.kind, name: nameOf(credential) };
      return { kind, valid, verdict, model, credential: used, differences: named, detail };
    }
    default:
      return verification;
  }
}

function nameOf(credential: Credential): string {
  if (credential.kind === "login") return credential.account;
  return credential.kind === "unknown" ? credential.words : credential.key;
}
