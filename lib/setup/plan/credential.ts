/** Plan stage: where the API key goes, and the config edits for it. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import {
  KEY_SECRET_REF,
  KEY_TEXT_REFERENCE,
  KEY_VARIABLE,
  OPENAI_BASE_URL,
  OPENAI_ENTRY,
} from "@/lib/openclaw/releases/names";
import { type FileKeyForm, isFileForm } from "@/lib/setup/key-forms";
import type { Given } from "@/lib/setup/plan/sources";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

export interface PlannedCredential {
  readonly keyForm: FileKeyForm;
  readonly keyForms: readonly FileKeyForm[];
  readonly edits: readonly ConfigEdit[];
}

/** Replaces a form that the release refuses with the recommended one. Pure. */
export function planCredential({ snapshot, choices, sources }: Given): PlannedCredential {
  const { era } = snapshot;
  const { apiKey, keyForm: wanted } = choices;
  const refused = era.refusedKeyForms.map((entry) => entry.form);
  const keyForms = era.keyForms
    .filter(isFileForm)
    .filter((form) => !refused.includes(form))
    // A config that cannot be written cannot hold the key.
    .filter((form) => snapshot.immutable === null || form === "dotenv");
  const keyForm = wanted && keyForms.includes(wanted) ? wanted : (keyForms[0] ?? "dotenv");
  const edits = apiKey === null ? [] : keyEdits(era, sources.config, apiKey, keyForm);
  return { keyForm, keyForms, edits };
}

export function isInConfig(form: FileKeyForm): form is "env-vars" | "env-flat" {
  return form === "env-vars" || form === "env-flat";
}

export function keyPathOf(form: "env-vars" | "env-flat"): readonly string[] {
  return form === "env-vars" ? ["env", "vars", KEY_VARIABLE] : ["env", KEY_VARIABLE];
}

function keyEdits(
  { providerNeedsBaseUrlAndModels }: ReleaseEra,
  config: Json,
  apiKey: string,
  form: FileKeyForm,
): ConfigEdit[] {
  if (form === "dotenv") return [];
  if (isInConfig(form)) return [{ op: "set", path: keyPathOf(form), value: apiKey }];
  const reference = form === "provider-env-ref" ? KEY_TEXT_REFERENCE : KEY_SECRET_REF;
  const missing = (name: string, value: Json): ConfigEdit[] =>
    valueAt(config, [...OPENAI_ENTRY, name]) === undefined
      ? [{ op: "set", path: [...OPENAI_ENTRY, name], value }]
      : [];
  return [
    ...(providerNeedsBaseUrlAndModels
      ? [...missing("baseUrl", OPENAI_BASE_URL), ...missing("models", [])]
      : []),
    { op: "set", path: [...OPENAI_ENTRY, "apiKey"], value: reference },
  ];
}
