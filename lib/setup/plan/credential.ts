/** Stage of a plan: where the API key goes, and what that sets in the config. */

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
  /** Forms the release accepts, the recommended one first. */
  readonly keyForms: readonly FileKeyForm[];
  /** In the config; none without a key. */
  readonly edits: readonly ConfigEdit[];
}

/** Pure. A form that the release refuses gives way to the one it recommends. */
export function planCredential({ snapshot, choices, sources }: Given): PlannedCredential {
  const { era } = snapshot;
  const { apiKey, keyForm: wanted } = choices;
  const refused = era.refusedKeyForms.map((entry) => entry.form);
  const keyForms = era.keyForms
    .filter(isFileForm)
    .filter((form) => !refused.includes(form))
    // What is not written here holds no key either.
    .filter((form) => snapshot.immutable === null || form === "dotenv");
  const keyForm = wanted && keyForms.includes(wanted) ? wanted : (keyForms[0] ?? "dotenv");
  const edits = apiKey === null ? [] : keyEdits(era, sources.config, apiKey, keyForm);
  return { keyForm, keyForms, edits };
}

/** Whether the key itself stands in the config, and not in `.env`. */
export function isInConfig(form: FileKeyForm): form is "env-vars" | "env-flat" {
  return form === "env-vars" || form === "env-flat";
}

/** Where such a key stands. */
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
