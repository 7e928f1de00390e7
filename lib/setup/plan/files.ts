/** Plan stage: the changed files and the complete new config. */

import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import { err, ok, type Result } from "@/lib/result";
import { isInConfig, type PlannedCredential } from "@/lib/setup/plan/credential";
import type { MadeEdits } from "@/lib/setup/plan/edits";
import type { PlannedHandOver } from "@/lib/setup/plan/hand-over";
import type { PlannedEdits } from "@/lib/setup/plan/make-edits";
import type { Given } from "@/lib/setup/plan/sources";
import { backupPathOf, olderBackup } from "@/lib/setup/repairs/older-backup";
import type { Plan, PlannedFile, PlanRefusal, Repair } from "@/lib/setup/types";
import { removeDotenv, setDotenv } from "@/lib/text/dotenv/edit";

const OWNER_ONLY = 0o600;

export interface PlannedFiles {
  readonly files: readonly PlannedFile[];
  /** Config changes for files that are not written here. */
  readonly unwritten: readonly PlannedFile[];
  readonly config: Plan["config"];
  readonly dotenv: string;
  /** The repair of OpenClaw's own backup of an older config; null if it does no harm. */
  readonly older: Repair | null;
}

/** Fails if `.env` cannot take the key or lose a variable. Pure. */
export function planFiles(
  given: Given,
  { keyForm }: PlannedCredential,
  edits: MadeEdits,
  { storeFile }: PlannedHandOver,
): Result<PlannedFiles, PlanRefusal> {
  const { snapshot, choices, sources } = given;
  const dotenv = dotenvAfter(given, isInConfig(keyForm) ? null : choices.apiKey, edits);
  if (!dotenv.ok) return dotenv;
  const { files: ofConfig, config } = configFilesAfter(given, edits);
  const isWritten = snapshot.immutable === null;
  const older = isWritten ? olderBackup(snapshot, choices, config.after, edits.value) : null;
  const { dotenvPath, dotenvBytes, profilesPath, profilesBytes, configPath } = snapshot;
  return ok({
    unwritten: isWritten ? [] : ofConfig,
    files: [
      ...(dotenv.value === sources.dotenv
        ? []
        : [plannedFile("dotenv", dotenvPath, dotenvBytes, dotenv.value)]),
      ...(isWritten ? ofConfig : []),
      ...(storeFile === null ? [] : [plannedFile("login", profilesPath, profilesBytes, storeFile)]),
      ...(older?.accepted
        ? [plannedFile("backup", backupPathOf(configPath), snapshot.backupBytes, config.after)]
        : []),
    ],
    config,
    dotenv: dotenv.value,
    older,
  });
}

function dotenvAfter(
  { snapshot, sources }: Given,
  apiKey: string | null,
  { accepted }: MadeEdits,
): Result<string, PlanRefusal> {
  const { dotenv } = sources;
  const withKey = apiKey === null ? ok(dotenv) : setDotenv(dotenv, KEY_VARIABLE, apiKey);
  const set = accepted
    .flatMap(({ setDotenv: more }) => more ?? [])
    .reduce((now, { name, value }) => (now.ok ? setDotenv(now.value, name, value) : now), withKey);
  const made = accepted
    .flatMap(({ clearDotenv }) => clearDotenv ?? [])
    .reduce((now, name) => (now.ok ? removeDotenv(now.value, name) : now), set);
  if (made.ok) return made;
  const { code, detail } = made.error;
  return err({ code: "dotenv-refused", path: snapshot.dotenvPath, detail: `${code}: ${detail}` });
}

/** The config files that these edits change. Pure. */
export function configFilesAfter(
  given: Pick<Given, "snapshot" | "sources">,
  edits: PlannedEdits,
): Pick<PlannedFiles, "files" | "config"> {
  const { configPath, configBytes } = given.snapshot;
  const texts = configTexts(given, edits);
  const [main, ...included] = texts;
  return {
    files: texts
      .filter(({ before, text, after }) => before === null || after !== text)
      .map(({ role, path, before, after }) => plannedFile(role, path, before, after)),
    config: {
      path: configPath,
      before: configBytes === null ? null : (main?.text ?? null),
      after: main?.after ?? "",
      included: included.map(({ path, after }) => ({ path, after })),
      value: edits.value,
    },
  };
}

interface ConfigText {
  readonly role: "config" | "included";
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly text: string;
  readonly after: string;
}

function configTexts(
  { snapshot, sources }: Pick<Given, "snapshot" | "sources">,
  { texts }: PlannedEdits,
): ConfigText[] {
  const { configPath, configBytes, included } = snapshot;
  return sources.resolved.files.map(({ path, text }, index) => {
    const after = texts.get(path) ?? text;
    return index === 0
      ? { role: "config", path: configPath, before: configBytes, text, after }
      : { role: "included", path, before: included.files.get(path) ?? null, text, after };
  });
}

export function plannedFile(
  role: PlannedFile["role"],
  path: string,
  before: Uint8Array | null,
  after: string,
): PlannedFile {
  // A byte order mark is not part of the text but stays in the file.
  const bom = role !== "dotenv" && before?.[0] === 0xef && before[1] === 0xbb && before[2] === 0xbf;
  const text = bom && !after.startsWith("\uFEFF") ? `\uFEFF${after}` : after;
  return { role, path, before, after: new TextEncoder().encode(text), mode: OWNER_ONLY };
}
