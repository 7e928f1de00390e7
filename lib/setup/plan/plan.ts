/** Choices plus the machine as it was found give a plan: each file with its exact bytes before and after. */

import { createHash } from "node:crypto";
import { type IncludeProblem, resolveConfig } from "@/lib/openclaw/config/include";
import { storeIn } from "@/lib/openclaw/credentials/store";
import {
  KEY_SECRET_REF,
  KEY_TEXT_REFERENCE,
  KEY_VARIABLE,
  OPENAI_BASE_URL,
  OPENAI_ENTRY,
} from "@/lib/openclaw/releases/names";
import type { KeyForm } from "@/lib/openclaw/releases/table";
import { err, ok, type Result } from "@/lib/result";
import { collectSecrets } from "@/lib/secrets/mask";
import { agentStoresFor, withAgents } from "@/lib/setup/hand-over/agent-stores";
import { handOverFiles, withoutPause } from "@/lib/setup/hand-over/cooldown";
import { handOverFor } from "@/lib/setup/hand-over/login";
import { storedKeyFor } from "@/lib/setup/hand-over/stored-key";
import { configFiles } from "@/lib/setup/machine/config-files";
import { parseModelRef } from "@/lib/setup/model-choices";
import { isFileForm } from "@/lib/setup/plan/key-forms";
import { makeEdits } from "@/lib/setup/plan/make-edits";
import { commandsFor } from "@/lib/setup/plan/printed-commands";
import { modelEdits, otherDefaultOf, primaryOf } from "@/lib/setup/repairs/default-model";
import { findRepairs, isWanted } from "@/lib/setup/repairs/find-repairs";
import { backupPathOf, olderValue, wouldBePutBack } from "@/lib/setup/repairs/older-backup";
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
import { readDotenv, removeDotenv, setDotenv } from "@/lib/text/dotenv/edit";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { applyEdit, isJsonObject, sameJson, valueAt } from "@/lib/text/json5/value";

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

  const sources = configFiles(snapshot);
  const resolved = resolveConfig(sources);
  if (!resolved.ok) return err(includeRefusal(resolved.error));
  const { value } = resolved.value;
  const dotenv = decode(snapshot.dotenvBytes);
  if (dotenv === null) {
    return err({ code: "dotenv-unreadable", path: snapshot.dotenvPath, detail: "not UTF-8" });
  }

  const variablesBefore = readDotenv(dotenv);
  const oldKey = variablesBefore.get(KEY_VARIABLE);
  const otherDefault = otherDefaultOf(snapshot, value, variablesBefore, choices);
  const modelChanges = modelEdits(value, choices.model, otherDefault, era);
  const withModel = modelChanges.reduce<Json>((now, one) => applyEdit(now, one) ?? now, value);
  const handed = choices.auth === "chatgpt" ? handOverFor(snapshot, withModel, choices) : ok(null);
  if (!handed.ok) {
    const path = snapshot.profilesPath;
    return err({ code: "profiles-unreadable", path, detail: handed.error });
  }
  const stored = choices.auth === "api-key" ? storedKeyFor(snapshot, withModel, choices) : null;
  const toMain = stored && isWanted(stored.finding, choices) ? stored : null;
  const mainEdits = handed.value?.edits ?? toMain?.finding.edits ?? [];
  const withOrder = mainEdits.reduce<Json>((now, one) => applyEdit(now, one) ?? now, withModel);
  const ofMain = handed.value?.handOver ?? toMain?.handOver ?? null;
  const agents = agentStoresFor(snapshot, withOrder, choices, ofMain);
  const findings = [
    ...(stored ? [stored.finding] : []),
    ...agents.findings,
    ...findRepairs(snapshot, withModel, variablesBefore, choices, keyForm),
  ];
  const wantedRepairs = findings.filter((finding) => isWanted(finding, choices));
  const required = [
    ...modelChanges,
    ...(choices.apiKey === null ? [] : keyEdits(snapshot, value, choices.apiKey, keyForm)),
    ...(handed.value?.edits ?? []),
  ];
  const made = makeEdits(sources, resolved.value, required, wantedRepairs);
  if (!made.ok) {
    const { error } = made;
    if ("include" in error || "error" in error) return err(includeRefusal(error));
    return err({ code: "edit-refused", path: error.file ?? snapshot.configPath, refusal: error });
  }
  const { texts, edits, blocked, value: newValue } = made.value;
  const accepted = wantedRepairs.filter(({ id }) => !blocked.has(id));
  const takesOver = stored !== null && accepted.includes(stored.finding);
  const handOver = withAgents(
    withoutPause(snapshot, handed.value?.handOver ?? (takesOver ? stored.handOver : null)),
    agents.files,
  );
  const inDotenv = keyForm !== "env-vars" && keyForm !== "env-flat";
  const withKey =
    inDotenv && choices.apiKey !== null
      ? setDotenv(dotenv, KEY_VARIABLE, choices.apiKey)
      : ok({ text: dotenv });
  const variables = accepted
    .flatMap(({ clearDotenv }) => clearDotenv ?? [])
    .reduce((now, name) => (now.ok ? removeDotenv(now.value.text, name) : now), withKey);
  if (!variables.ok) {
    const { code, detail } = variables.error;
    return err({ code: "dotenv-refused", path: snapshot.dotenvPath, detail: `${code}: ${detail}` });
  }
  const newDotenv = variables.value.text;
  const keyInDotenv = { before: oldKey, after: readDotenv(newDotenv).get(KEY_VARIABLE) };

  const files: PlannedFile[] = [];
  if (newDotenv !== dotenv) {
    const path = snapshot.dotenvPath;
    files.push(file("dotenv", path, snapshot.dotenvBytes, newDotenv));
  }
  const sourceFiles = resolved.value.files.map(({ path, text }, index) => {
    const isMain = index === 0;
    return {
      role: isMain ? ("config" as const) : ("included" as const),
      path: isMain ? snapshot.configPath : path,
      before: isMain ? snapshot.configBytes : (snapshot.included.files.get(path) ?? null),
      text,
      after: texts.get(path) ?? text,
    };
  });
  for (const { role, path, before, text, after } of sourceFiles) {
    if (before === null || after !== text) files.push(file(role, path, before, after));
  }
  if (takesOver && stored.file !== null) {
    files.push(file("login", snapshot.profilesPath, snapshot.profilesBytes, stored.file));
  }
  const [main, ...included] = sourceFiles;
  // What another file overrides is not part of the whole, and may be a secret all the same.
  const logins = [snapshot, ...snapshot.agentStores].map((one) => storeIn(one.profilesBytes));
  const values: Json = [
    ...new Set([value, ...logins, ...resolved.value.files.map((source) => source.value)]),
  ];
  const newSecrets = [
    ...(choices.apiKey === null ? [] : [choices.apiKey]),
    ...(choices.auth === "chatgpt" ? [choices.login.accessToken, choices.login.refreshToken] : []),
    choices.gatewayToken,
  ];
  const found = collectSecrets(values, dotenv, newSecrets);
  const older = olderBackup(snapshot, choices, main?.after ?? "", newValue);
  if (older?.accepted && main) {
    const path = backupPathOf(snapshot.configPath);
    files.push(file("backup", path, snapshot.backupBytes, main.after));
  }
  const secrets = collectSecrets(
    newValue,
    newDotenv,
    collectSecrets(olderValue(snapshot), "", found),
  );
  return ok({
    snapshot,
    model: choices.model,
    keyForm,
    keyForms,
    files,
    handOver: handOver,
    config: {
      path: snapshot.configPath,
      before: snapshot.configBytes === null ? null : (main?.text ?? null),
      after: main?.after ?? "",
      included: included.map(({ path, after }) => ({ path, after })),
      value: newValue,
    },
    changes: [
      ...changesOf(snapshot, choices, keyForm, value, keyInDotenv, otherDefault),
      ...backupChange(handOver?.backup ?? null),
    ],
    otherDefault,
    repairs: [
      ...findings.map(
        ({ edits: _edits, clearDotenv: _clear, onRequest: _request, ...finding }) => ({
          ...finding,
          accepted: accepted.some(({ id }) => id === finding.id),
          blocked: blocked.get(finding.id) ?? null,
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
      newValue,
      choices.gatewayToken,
      secrets,
    ),
    secrets,
    newSecrets,
    edited: edits.map((one) => one.path),
    digest: digestOf(files, handOver),
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
  return {
    id,
    kind: id,
    data: {},
    important: true,
    blocked: null,
    accepted: !declined.includes(id),
  };
}

function keyEdits({ era }: Snapshot, config: Json, apiKey: string, form: KeyForm): ConfigEdit[] {
  if (form === "env-vars") {
    return [{ op: "set", path: ["env", "vars", KEY_VARIABLE], value: apiKey }];
  }
  if (form === "env-flat") return [{ op: "set", path: ["env", KEY_VARIABLE], value: apiKey }];
  if (form === "dotenv") return [];
  const reference = form === "provider-env-ref" ? KEY_TEXT_REFERENCE : KEY_SECRET_REF;
  const edits: ConfigEdit[] = [];
  const need = (name: string, value: Json) => {
    if (valueAt(config, [...OPENAI_ENTRY, name]) === undefined) {
      edits.push({ op: "set", path: [...OPENAI_ENTRY, name], value });
    }
  };
  if (era.providerNeedsBaseUrlAndModels) {
    need("baseUrl", OPENAI_BASE_URL);
    need("models", []);
  }
  return [...edits, { op: "set", path: [...OPENAI_ENTRY, "apiKey"], value: reference }];
}

/** An include that leads nowhere, or a file of the config that is no JSON5. */
function includeRefusal(problem: IncludeProblem): PlanRefusal {
  if (problem.code === "config-unparsable") {
    return { code: problem.code, path: problem.file, error: problem.error };
  }
  const { code, file, include, detail } = problem;
  return { code, path: file, include, detail };
}

function file(
  role: PlannedFile["role"],
  path: string,
  before: Uint8Array | null,
  after: string,
): PlannedFile {
  // A byte order mark is not part of the text and stays in the file.
  const bom = role !== "dotenv" && before?.[0] === 0xef && before[1] === 0xbb && before[2] === 0xbf;
  const text = bom && !after.startsWith("\uFEFF") ? `\uFEFF${after}` : after;
  return { role, path, before, after: new TextEncoder().encode(text), mode: OWNER_ONLY };
}

function changesOf(
  snapshot: Snapshot,
  choices: Choices,
  form: KeyForm,
  config: Json,
  inDotenv: { readonly before: string | undefined; readonly after: string | undefined },
  other: Plan["otherDefault"],
): PlannedChange[] {
  const { dotenvPath, configPath, configBytes, profilesPath, era } = snapshot;
  const changes: PlannedChange[] = [];
  if (configBytes === null) changes.push({ kind: "create-config", data: { path: configPath } });
  if (choices.auth === "chatgpt") {
    const kind = era.login.kind === "doctor-import" ? "import-login" : "add-login";
    changes.push({ kind, data: { path: profilesPath, account: choices.login.email ?? "–" } });
  }
  if (choices.apiKey === null) {
    // Nothing of a key changes.
  } else if (form === "env-vars" || form === "env-flat") {
    const path = form === "env-vars" ? ["env", "vars", KEY_VARIABLE] : ["env", KEY_VARIABLE];
    const old = valueAt(config, path);
    const kind = old === undefined ? "add-key-config" : "replace-key-config";
    if (old !== choices.apiKey) changes.push({ kind, data: { path: path.join(".") } });
  } else {
    const path = [...OPENAI_ENTRY, "apiKey"];
    const old = valueAt(config, path);
    const now = keyEdits(snapshot, config, choices.apiKey, form).at(-1);
    if (now?.op === "set" && old !== undefined && !sameJson(old, now.value)) {
      changes.push({ kind: "replace-key-config", data: { path: path.join(".") } });
    }
  }
  if (choices.apiKey !== null && inDotenv.before !== inDotenv.after) {
    const kind = inDotenv.before === undefined ? "add-key-dotenv" : "replace-key-dotenv";
    changes.push({ kind, data: { path: dotenvPath } });
  }
  const { model } = choices;
  if (other) {
    const kind = OTHER_CHANGES[other.choice];
    return [...changes, { kind, data: { model, from: other.from } }];
  }
  const kind = primaryOf(config) === model ? "keep-model" : "set-model";
  return [...changes, { kind, data: { model } }];
}

function backupChange(backup: HandOver["backup"]): PlannedChange[] {
  if (backup === null) return [];
  return backup.kind === "profile"
    ? [{ kind: "backup-profile", data: { profile: backup.id } }]
    : [{ kind: "backup-model", data: { model: backup.ref } }];
}

const OTHER_CHANGES = {
  first: "set-model-first",
  instead: "set-model-instead",
  after: "add-fallback",
} as const;

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
  for (const { path, mode, before, after } of [...files, ...handOverFiles(handOver)]) {
    for (const part of [path, String(mode), before, after]) {
      hash.update(part === null ? "absent" : `${part.length}:`).update(part ?? "");
    }
  }
  return hash.digest("hex");
}
