/** Plan stage: the summary of changes; `messages/*.json` has the words. */

import { KEY_VARIABLE, OPENAI_ENTRY } from "@/lib/openclaw/releases/names";
import { maskSecret } from "@/lib/secrets/mask-secret";
import type { Choices } from "@/lib/setup/choices";
import { isInConfig, keyPathOf, type PlannedCredential } from "@/lib/setup/plan/credential";
import type { PlannedDefaultModel } from "@/lib/setup/plan/default-model";
import type { Given, Sources } from "@/lib/setup/plan/sources";
import type { Stages } from "@/lib/setup/plan/stages";
import { primaryOf } from "@/lib/setup/repairs/default-model";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { HandOver, PlannedChange } from "@/lib/setup/types";
import { readDotenv } from "@/lib/text/dotenv/edit";
import type { Json } from "@/lib/text/json5/types";
import { sameJson, valueAt } from "@/lib/text/json5/value";

export function planChanges(
  { snapshot, choices, sources }: Given,
  { credential, defaultModel, handOver, files }: Stages,
): PlannedChange[] {
  const { configPath, configBytes } = snapshot;
  return [
    ...(configBytes === null
      ? [{ kind: "create-config", data: { path: configPath } } as const]
      : []),
    ...loginChange(snapshot, choices),
    ...(choices.apiKey === null
      ? []
      : [
          ...keyChange(sources.config, choices.apiKey, credential),
          ...dotenvChange(snapshot, sources, files.dotenv),
        ]),
    modelChange(sources.config, choices.model, defaultModel.otherDefault),
    ...backupChange(handOver.handOver),
  ];
}

function loginChange({ era, profilesPath }: Snapshot, choices: Choices): PlannedChange[] {
  if (choices.auth !== "chatgpt") return [];
  const kind = era.login.kind === "doctor-import" ? "import-login" : "add-login";
  return [{ kind, data: { path: profilesPath, account: choices.login.email ?? "–" } }];
}

function keyChange(
  config: Json,
  apiKey: string,
  { keyForm, edits }: PlannedCredential,
): PlannedChange[] {
  if (isInConfig(keyForm)) {
    const path = keyPathOf(keyForm);
    const old = valueAt(config, path);
    if (old === apiKey) return [];
    const kind = old === undefined ? "add-key-config" : "replace-key-config";
    const replaced = old === undefined ? {} : { key: shownKey(old) };
    return [{ kind, data: { path: path.join("."), ...replaced } }];
  }
  const path = [...OPENAI_ENTRY, "apiKey"];
  const old = valueAt(config, path);
  const now = edits.at(-1);
  if (now?.op !== "set" || old === undefined || sameJson(old, now.value)) return [];
  return [{ kind: "replace-key-config", data: { path: path.join("."), key: shownKey(old) } }];
}

/** Masks a replaced key; "none" for a reference. */
function shownKey(old: Json): string {
  return typeof old === "string" && !old.startsWith("$") ? maskSecret(old) : "none";
}

function dotenvChange(
  { dotenvPath }: Snapshot,
  { variables }: Sources,
  dotenv: string,
): PlannedChange[] {
  const before = variables.get(KEY_VARIABLE);
  if (before === readDotenv(dotenv).get(KEY_VARIABLE)) return [];
  const kind = before === undefined ? "add-key-dotenv" : "replace-key-dotenv";
  const replaced = before === undefined ? {} : { key: shownKey(before) };
  return [{ kind, data: { path: dotenvPath, ...replaced } }];
}

const OTHER_CHANGES = {
  first: "set-model-first",
  instead: "set-model-instead",
  after: "add-fallback",
} as const;

function modelChange(
  config: Json,
  model: string,
  other: PlannedDefaultModel["otherDefault"],
): PlannedChange {
  if (other) return { kind: OTHER_CHANGES[other.choice], data: { model, from: other.from } };
  const from = primaryOf(config);
  if (from === model) return { kind: "keep-model", data: { model } };
  // An OpenAI model is replaced and reported too.
  return from === null
    ? { kind: "set-model", data: { model } }
    : { kind: "set-model-instead", data: { model, from } };
}

function backupChange(handOver: HandOver | null): PlannedChange[] {
  const backup = handOver?.credential === "login" ? handOver.backup : null;
  if (backup === null) return [];
  return backup.kind === "profile"
    ? [{ kind: "backup-profile", data: { profile: backup.id } }]
    : [{ kind: "backup-model", data: { model: backup.ref } }];
}
