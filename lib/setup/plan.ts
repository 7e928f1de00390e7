/** Choices plus the machine as it was found give a plan: each file with its exact bytes before and after. */

import { createHash } from "node:crypto";
import { createConfig, editConfig } from "@/lib/openclaw/config-edit";
import { parseConfig } from "@/lib/openclaw/config-parse";
import type { ConfigEdit, Json } from "@/lib/openclaw/config-types";
import { applyEdit, isJsonObject, sameJson, valueAt } from "@/lib/openclaw/config-value";
import { readDotenv, removeDotenv, setDotenv } from "@/lib/openclaw/dotenv";
import { type KeyForm, OPENAI_BASE_URL } from "@/lib/openclaw/releases";
import { err, ok, type Result } from "@/lib/result";
import { commandsFor } from "@/lib/setup/commands";
import { handOverFor } from "@/lib/setup/hand-over";
import { isFileForm } from "@/lib/setup/key-forms";
import { collectSecrets } from "@/lib/setup/mask";
import { parseModelRef } from "@/lib/setup/model-ref";
import { backupPathOf, olderValue, wouldBePutBack } from "@/lib/setup/older-backup";
import { findRepairs } from "@/lib/setup/repairs";
import type {
  Choices,
  HandOver,
  Plan,
  PlannedChange,
  PlannedFile,
  PlanRefusal,
  Repair,
  Snapshot,
} from "@/lib/setup/types";

const VARIABLE = "OPENAI_API_KEY";
const OWNER_ONLY = 0o600;

/** Pure: the same snapshot and choices always give the same bytes. */
export function planSetup(snapshot: Snapshot, choices: Choices): Result<Plan, PlanRefusal> {
  const { era } = snapshot;
  if (!parseModelRef(choices.model).ok)
    return err({ code: "invalid-model-ref", ref: choices.model });
  const refused = era.refusedKeyForms.map((entry) => entry.form);
  const keyForms = era.keyForms.filter((form) => isFileForm(form) && !refused.includes(form));
  const wanted = choices.keyForm;
  const keyForm = wanted && keyForms.includes(wanted) ? wanted : (keyForms[0] ?? "dotenv");

  const parsed = snapshot.configBytes === null ? null : parseConfig(snapshot.configBytes);
  if (parsed && !parsed.ok) {
    return err({ code: "config-unparsable", path: snapshot.configPath, error: parsed.error });
  }
  const before = parsed?.value.text ?? null;
  const value: Json = parsed?.value.value ?? {};
  const dotenv = decode(snapshot.dotenvBytes);
  if (dotenv === null) {
    return err({ code: "dotenv-unreadable", path: snapshot.dotenvPath, detail: "not UTF-8" });
  }

  const oldKey = readDotenv(dotenv).get(VARIABLE);
  const handed = choices.auth === "chatgpt" ? handOverFor(snapshot, value, choices) : ok(null);
  if (!handed.ok) {
    const path = snapshot.profilesPath;
    return err({ code: "profiles-unreadable", path, detail: handed.error });
  }
  const handOver = handed.value;
  const findings = findRepairs(snapshot, value, oldKey, choices, keyForm);
  const accepted = findings.filter(({ id, onRequest }) =>
    onRequest ? choices.accepted.includes(id) : !choices.declined.includes(id),
  );
  const edits = [
    ...modelEdits(value, choices.model),
    ...(choices.apiKey === null ? [] : keyEdits(snapshot, value, choices.apiKey, keyForm)),
    ...(handOver?.edits ?? []),
    ...accepted.flatMap((finding) => finding.edits),
  ];

  const edited = before === null ? ok(created(edits)) : edit(before, value, edits);
  if (!edited.ok) {
    const [first] = edits.filter((one) => sameJson([...one.path], [...edited.error.path]));
    const culprit = first ?? edits[0] ?? { op: "remove" as const, path: [] };
    const path = snapshot.configPath;
    return err({ code: "edit-refused", path, edit: culprit, refusal: edited.error });
  }
  const after = edited.value;
  const inDotenv = keyForm !== "env-vars" && keyForm !== "env-flat";
  const cleared = accepted.some((finding) => finding.clearDotenv);
  const variables =
    inDotenv && choices.apiKey !== null
      ? setDotenv(dotenv, VARIABLE, choices.apiKey)
      : cleared
        ? removeDotenv(dotenv, VARIABLE)
        : ok({ text: dotenv });
  if (!variables.ok) {
    const { code, detail } = variables.error;
    return err({ code: "dotenv-refused", path: snapshot.dotenvPath, detail: `${code}: ${detail}` });
  }
  const newDotenv = variables.value.text;

  const files: PlannedFile[] = [];
  if (newDotenv !== dotenv) {
    const path = snapshot.dotenvPath;
    files.push(file("dotenv", path, snapshot.dotenvBytes, newDotenv));
  }
  if (after !== before)
    files.push(file("config", snapshot.configPath, snapshot.configBytes, after));

  const result = parseConfig(new TextEncoder().encode(after));
  const newValue: Json = result.ok ? result.value.value : {};
  const older = olderBackup(snapshot, choices, after, newValue);
  if (older?.accepted) {
    const path = backupPathOf(snapshot.configPath);
    files.push(file("backup", path, snapshot.backupBytes, after));
  }
  const found = collectSecrets(value, dotenv, [
    ...(choices.apiKey === null ? [] : [choices.apiKey]),
    ...(choices.auth === "chatgpt" ? [choices.login.accessToken, choices.login.refreshToken] : []),
    choices.gatewayToken,
  ]);
  const secrets = collectSecrets(
    newValue,
    newDotenv,
    collectSecrets(olderValue(snapshot), "", found),
  );
  return ok({
    snapshot,
    keyForm,
    keyForms,
    files,
    handOver: handOver?.handOver ?? null,
    config: { path: snapshot.configPath, before, after },
    changes: [
      ...changesOf(snapshot, choices, keyForm, value, oldKey, files),
      ...backupChange(handOver?.handOver.backup ?? null),
    ],
    repairs: [
      ...findings.map(
        ({ edits: _edits, clearDotenv: _clear, onRequest: _request, ...finding }) => ({
          ...finding,
          accepted: accepted.some(({ id }) => id === finding.id),
        }),
      ),
      ...(older ? [older] : []),
    ],
    untouched: untouchedLeaves(value, newValue),
    overriddenBy:
      choices.apiKey !== null &&
      snapshot.environmentKey &&
      snapshot.environmentKey !== choices.apiKey
        ? "environment"
        : null,
    commands: commandsFor(
      snapshot,
      choices.apiKey === null ? null : keyForm,
      edits,
      choices.gatewayToken,
      secrets,
    ),
    secrets,
    digest: digestOf(files, handOver?.handOver ?? null),
  });
}

/** The older config is among the backups of this write; as OpenClaw's copy stands what is written now. */
function olderBackup(
  snapshot: Snapshot,
  { declined }: Choices,
  after: string,
  value: Json,
): Repair | null {
  if (!wouldBePutBack(snapshot, after, value)) return null;
  const id = "older-backup";
  return { id, kind: id, data: {}, important: true, accepted: !declined.includes(id) };
}

/** A string stays a string; an object keeps its fallbacks. */
function modelEdits(config: Json, model: string): ConfigEdit[] {
  const path = ["agents", "defaults", "model"];
  const present = valueAt(config, path);
  const edits: ConfigEdit[] = [
    typeof present === "string"
      ? { op: "set", path, value: model }
      : { op: "set", path: [...path, "primary"], value: model },
  ];
  // Where models are listed, only those are allowed.
  const allowed = valueAt(config, ["agents", "defaults", "models"]);
  if (isJsonObject(allowed) && Object.keys(allowed).length > 0 && allowed[model] === undefined) {
    edits.push({ op: "set", path: ["agents", "defaults", "models", model], value: {} });
  }
  return edits;
}

function keyEdits({ era }: Snapshot, config: Json, apiKey: string, form: KeyForm): ConfigEdit[] {
  if (form === "env-vars") {
    return [{ op: "set", path: ["env", "vars", VARIABLE], value: apiKey }];
  }
  if (form === "env-flat") return [{ op: "set", path: ["env", VARIABLE], value: apiKey }];
  if (form === "dotenv") return [];
  const provider = ["models", "providers", "openai"];
  const reference =
    form === "provider-env-ref"
      ? `\${${VARIABLE}}`
      : { source: "env", provider: "default", id: VARIABLE };
  const edits: ConfigEdit[] = [];
  const need = (name: string, value: Json) => {
    if (valueAt(config, [...provider, name]) === undefined) {
      edits.push({ op: "set", path: [...provider, name], value });
    }
  };
  if (era.providerNeedsBaseUrlAndModels) {
    need("baseUrl", OPENAI_BASE_URL);
    need("models", []);
  }
  return [...edits, { op: "set", path: [...provider, "apiKey"], value: reference }];
}

/** Edits that change nothing are left out, so that a config already right keeps its bytes. */
function edit(text: string, value: Json, edits: readonly ConfigEdit[]) {
  let current = value;
  const needed = edits.filter((one) => {
    const next = applyEdit(current, one);
    if (next !== undefined && sameJson(current, next)) return false;
    if (next !== undefined) current = next;
    return true;
  });
  return needed.length === 0 ? ok(text) : editConfig(text, needed);
}

function created(edits: readonly ConfigEdit[]): string {
  return createConfig(edits.reduce<Json>((value, one) => applyEdit(value, one) ?? value, {}));
}

function file(
  role: PlannedFile["role"],
  path: string,
  before: Uint8Array | null,
  after: string,
): PlannedFile {
  // A byte order mark is not part of the text and stays in the file.
  const bom = role === "config" && before?.[0] === 0xef && before[1] === 0xbb && before[2] === 0xbf;
  const text = bom && !after.startsWith("\uFEFF") ? `\uFEFF${after}` : after;
  return { role, path, before, after: new TextEncoder().encode(text), mode: OWNER_ONLY };
}

function changesOf(
  { dotenvPath, configPath, configBytes, profilesPath, era }: Snapshot,
  choices: Choices,
  form: KeyForm,
  config: Json,
  oldKey: string | undefined,
  files: readonly PlannedFile[],
): PlannedChange[] {
  const changes: PlannedChange[] = [];
  if (configBytes === null) changes.push({ kind: "create-config", data: { path: configPath } });
  if (choices.auth === "chatgpt") {
    const kind = era.login.kind === "doctor-import" ? "import-login" : "add-login";
    changes.push({ kind, data: { path: profilesPath, account: choices.login.email ?? "–" } });
  }
  if (choices.apiKey === null) {
    // Nothing of a key changes.
  } else if (form === "env-vars" || form === "env-flat") {
    const path = form === "env-vars" ? ["env", "vars", VARIABLE] : ["env", VARIABLE];
    const old = valueAt(config, path);
    const kind = old === undefined ? "add-key-config" : "replace-key-config";
    if (old !== choices.apiKey) changes.push({ kind, data: { path: path.join(".") } });
  } else if (files.some(({ role }) => role === "dotenv")) {
    const kind = oldKey === undefined ? "add-key-dotenv" : "replace-key-dotenv";
    changes.push({ kind, data: { path: dotenvPath } });
  }
  const model = valueAt(config, ["agents", "defaults", "model"]);
  const present = isJsonObject(model) ? model["primary"] : model;
  const kind = present === choices.model ? "keep-model" : "set-model";
  return [...changes, { kind, data: { model: choices.model } }];
}

function backupChange(backup: HandOver["backup"]): PlannedChange[] {
  if (backup === null) return [];
  return backup.kind === "profile"
    ? [{ kind: "backup-profile", data: { profile: backup.id } }]
    : [{ kind: "backup-model", data: { model: backup.ref } }];
}

function untouchedLeaves(before: Json, after: Json): number {
  if (isJsonObject(before)) {
    return Object.entries(before).reduce(
      (sum, [key, value]) =>
        sum +
        (isJsonObject(after) && after[key] !== undefined ? untouchedLeaves(value, after[key]) : 0),
      0,
    );
  }
  return sameJson(before, after) ? 1 : 0;
}

function decode(bytes: Uint8Array | null): string | null {
  if (bytes === null) return "";
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function digestOf(files: readonly PlannedFile[], handOver: HandOver | null): string {
  const hash = createHash("sha256");
  if (handOver) hash.update(JSON.stringify([handOver.command, handOver.privateConfig]));
  for (const { path, mode, before, after } of [...files, ...(handOver ? [handOver.file] : [])]) {
    for (const part of [path, String(mode), before, after]) {
      hash.update(part === null ? "absent" : `${part.length}:`).update(part ?? "");
    }
  }
  return hash.digest("hex");
}
