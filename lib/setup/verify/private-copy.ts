/** Validates a private copy of a config with the installed OpenClaw. */

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type ConfigIssue, configValidate } from "@/lib/openclaw/command/commands";
import type { CommandFailure } from "@/lib/openclaw/command/failure";
import type { Runner } from "@/lib/openclaw/command/run";
import { isBelow, resolveConfig } from "@/lib/openclaw/config/include";
import { movedTo, variablesIn } from "@/lib/openclaw/program/environment";
import type { Result } from "@/lib/result";
import { configFiles } from "@/lib/setup/machine/config-files";
import type { Plan } from "@/lib/setup/types";
import { privateDirectory, withPrivateFolder } from "@/lib/system/private-folder";
import { readDotenv } from "@/lib/text/dotenv/edit";
import { INCLUDE_KEY } from "@/lib/text/json5/edit";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

/** Returns no issues if the release accepts it. Paths in messages are the user's. */
export async function validateCopy(
  plan: Plan,
  { value, files }: ConfigCopy,
  runner: Runner,
  signal: AbortSignal,
): Promise<Result<readonly ConfigIssue[], CommandFailure>> {
  const { snapshot } = plan;
  return withPrivateFolder(async (folder) => {
    const [home, state] = [path.join(folder, "home"), path.join(folder, "state")];
    for (const one of [home, state]) await privateDirectory(one);
    const directory = path.dirname(snapshot.configPath);
    const config = await layDown(plan, files, path.join(folder, "config"));
    const named = variablesIn(value);
    const checked = await configValidate(
      // The private environment below replaces the profile and directories.
      { ...runner, location: { profile: null, variables: {} }, referenced: named },
      {
        signal,
        secrets: plan.secrets,
        env: {
          ...variablesFor(plan, named),
          ...movedTo({ home, state, config, tilde: plan.snapshot.homeDir }),
        },
      },
    );
    if (!checked.ok) return checked;
    const shown = (text: string) => text.replaceAll(path.join(folder, "config"), directory);
    const issues = checked.value.issues.map((issue) => ({
      ...issue,
      message: shown(issue.message),
    }));
    if (checked.value.valid || issues.length > 0) {
      return { ok: true, value: checked.value.valid ? [] : issues };
    }
    return { ok: true, value: [{ path: "<root>", message: "" }] };
  });
}

export async function layDown(
  { snapshot }: Plan,
  files: ConfigCopy["files"],
  folder: string,
): Promise<string> {
  const directory = path.dirname(snapshot.configPath);
  for (const [file, text] of files) {
    const copy = path.join(folder, path.relative(directory, file));
    await privateDirectory(path.dirname(copy));
    await writeFile(copy, text, { mode: 0o600 });
  }
  return path.join(folder, path.basename(snapshot.configPath));
}

/** Reads the config's variables from the planned `.env`, without the new key. */
export function variablesFor(plan: Plan, named: ReadonlySet<string>): Record<string, string> {
  const { snapshot } = plan;
  const planned = plan.files.find(({ role }) => role === "dotenv")?.after ?? snapshot.dotenvBytes;
  const variables = readDotenv(new TextDecoder().decode(planned ?? undefined));
  const taken = [...named].flatMap((name) => {
    const value = variables.get(name);
    return value === undefined ? [] : [[name, hide(plan, value)]];
  });
  return Object.fromEntries(taken);
}

export interface ConfigCopy {
  readonly value: Json;
  readonly files: ReadonlyMap<string, string>;
}

export function copyOfValue(plan: Plan, value: Json): ConfigCopy {
  const text = hide(plan, JSON.stringify(value, null, 2));
  return { value, files: new Map([[plan.snapshot.configPath, text]]) };
}

/** Uses a single file if an include would leave the copy. */
export function copyOf(plan: Plan, side: "before" | "after"): ConfigCopy {
  const { snapshot, config } = plan;
  const root = snapshot.configPath;
  const directory = path.dirname(root);
  const before = resolveConfig(configFiles(snapshot));
  const sources = before.ok ? before.value.files : [];
  const value = side === "after" || !before.ok ? config.value : before.value.value;
  const included = new Map(config.included.map(({ path: file, after }) => [file, after]));
  const [, ...others] = sources;
  const leadsOut =
    others.some(({ path: file }) => !isBelow(directory, file)) ||
    sources.some((source) => hasAbsoluteInclude(source.value));
  if (leadsOut) return copyOfValue(plan, value);
  const files = new Map<string, string>();
  files.set(root, side === "after" ? config.after : (config.before ?? "{}"));
  for (const { path: file, text } of others) {
    files.set(file, side === "after" ? (included.get(file) ?? text) : text);
  }
  return { value, files: new Map([...files].map(([file, text]) => [file, hide(plan, text)])) };
}

function hasAbsoluteInclude(value: Json): boolean {
  if (isJsonArray(value)) return value.some(hasAbsoluteInclude);
  if (!isJsonObject(value)) return false;
  const include = [value[INCLUDE_KEY] ?? []].flat();
  return (
    include.some((one) => typeof one === "string" && path.isAbsolute(one)) ||
    Object.values(value).some(hasAbsoluteInclude)
  );
}

/** Zeros of equal length replace new secrets, which must not be on disk before the write. */
function hide(plan: Plan, text: string): string {
  return plan.newSecrets.reduce(
    (hidden, secret) => hidden.replaceAll(secret, "0".repeat(secret.length)),
    text,
  );
}
