/** Parses and checks the options of a command. */

import { parseArgs } from "node:util";
import * as z from "zod";
import { LOCALES } from "@/lib/i18n/locales";
import { ENGINES } from "@/lib/openclaw/deployments/shapes";
import { err, ok, type Result } from "@/lib/result";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { targetReleaseSchema } from "@/lib/setup/machine/target-release";

/** For Node's `parseArgs`; `messages/*.json` describes each under `cli.option`. */
const KNOWN = {
  json: { type: "boolean" },
  yes: { type: "boolean", short: "y" },
  "dry-run": { type: "boolean" },
  answers: { type: "string" },
  digest: { type: "string" },
  "key-file": { type: "string" },
  "key-env": { type: "string" },
  "any-key": { type: "boolean" },
  model: { type: "string" },
  "key-form": { type: "string" },
  "other-default": { type: "string" },
  accept: { type: "string", multiple: true },
  decline: { type: "string", multiple: true },
  target: { type: "string" },
  "ask-doctor": { type: "boolean" },
  to: { type: "string" },
  release: { type: "string" },
  out: { type: "string" },
  update: { type: "string" },
  "with-secrets": { type: "boolean" },
  plain: { type: "boolean" },
  paste: { type: "boolean" },
  profile: { type: "string" },
  locale: { type: "string" },
  shell: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

export type OptionName = keyof typeof KNOWN;

/** Placeholders for option values in the help. */
export const OPERANDS: Partial<Record<OptionName, string>> = {
  answers: "FILE",
  digest: "DIGEST",
  "key-file": "FILE",
  "key-env": "NAME",
  model: "PROVIDER/MODEL",
  "key-form": "FORM",
  "other-default": "WHICH",
  accept: "ID",
  decline: "ID",
  target: "RELEASE",
  to: "ENGINE",
  release: "RELEASE",
  out: "FOLDER",
  update: "FOLDER",
  profile: "NAME",
  locale: "TAG",
  shell: "SHELL",
};

const optionsSchema = z.object({
  json: z.boolean().default(false),
  yes: z.boolean().default(false),
  "dry-run": z.boolean().default(false),
  answers: z.string().min(1).optional(),
  digest: z.union([z.literal("-"), z.string().regex(/^[0-9a-f]{16}\.[0-9a-f]{64}$/u)]).optional(),
  "key-file": z.string().min(1).optional(),
  "key-env": z
    .string()
    .regex(/^[A-Za-z_]\w*$/u)
    .optional(),
  "any-key": z.boolean().default(false),
  model: z.string().max(200).optional(),
  "key-form": keyFormSchema.optional(),
  "other-default": z.enum(["first", "instead", "after"]).optional(),
  accept: z.array(z.string().max(500)).default([]),
  decline: z.array(z.string().max(500)).default([]),
  target: targetReleaseSchema.optional(),
  "ask-doctor": z.boolean().default(false),
  to: z.enum(ENGINES).optional(),
  release: z
    .string()
    .regex(/^20\d\d\.\d{1,2}\.\d{1,3}(?:-[\w.]{1,20})?$/u)
    .optional(),
  out: z.string().min(1).max(1000).optional(),
  update: z.string().min(1).max(1000).optional(),
  "with-secrets": z.boolean().default(false),
  plain: z.boolean().default(false),
  paste: z.boolean().default(false),
  profile: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/iu)
    .optional(),
  shell: z.enum(["bash", "zsh", "fish"]).optional(),
  help: z.boolean().default(false),
});

export type Options = z.infer<typeof optionsSchema>;

/** The option's allowed values; empty if any text is allowed. */
export function valuesOf(name: OptionName): readonly string[] {
  if (name === "locale") return LOCALES;
  const schema = optionsSchema.shape[name];
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodEnum ? inner.options.map(String) : [];
}

/** On failure, `option` names the wrong one, or is "". */
export function readCommandOptions(
  args: readonly string[],
  names: readonly OptionName[],
): Result<Options, { readonly option: string; readonly detail: string }> {
  const options = Object.fromEntries(names.map((name) => [name, KNOWN[name]]));
  let values: unknown;
  try {
    values = parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    const [detail = ""] = (error instanceof Error ? error.message : "").split(/\.\s|\n/u);
    return err({ option: "", detail });
  }
  const read = optionsSchema.safeParse(values);
  if (read.success) return ok(read.data);
  return err({ option: String(read.error.issues[0]?.path[0] ?? ""), detail: "" });
}

export function shortOf(name: OptionName): string | null {
  const option = KNOWN[name];
  return "short" in option ? option.short : null;
}
