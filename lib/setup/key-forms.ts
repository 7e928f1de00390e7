/** The key forms that a plan can write; the others need a command of OpenClaw. */

import * as z from "zod";
import type { KeyForm } from "@/lib/openclaw/releases/facts";

export const FILE_FORMS = [
  "dotenv",
  "env-vars",
  "env-flat",
  "provider-env-ref",
  "provider-secret-ref",
] as const satisfies readonly KeyForm[];

export type FileKeyForm = (typeof FILE_FORMS)[number];
export const keyFormSchema = z.enum(FILE_FORMS);

export function isFileForm(form: KeyForm): form is FileKeyForm {
  return FILE_FORMS.some((known) => known === form);
}
