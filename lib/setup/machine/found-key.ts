/** Finds an OpenAI API key on this machine that can be reused. Secret. */

import path from "node:path";
import { resolveConfig } from "@/lib/openclaw/config/include";
import { locateEdit } from "@/lib/openclaw/config/include-edit";
import type { FoundCredential } from "@/lib/openclaw/credentials/found";
import { ADDRESS_VARIABLE, KEY_VARIABLE, OPENAI_ENTRY } from "@/lib/openclaw/releases/names";
import { configFiles } from "@/lib/setup/machine/config-files";
import { isElsewhere } from "@/lib/setup/repairs/base-url";
import type { Snapshot } from "@/lib/setup/snapshot";
import { readDotenv } from "@/lib/text/dotenv/edit";
import type { ConfigPath } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";
import { visible } from "@/lib/text/visible";

export interface FoundKey {
  readonly value: string;
  readonly where: string;
}

/** In OpenClaw's order, without references or a key beside a proxy's address, which must not go to OpenAI. */
export function findKey(snapshot: Snapshot): FoundKey | null {
  const { configPath, dotenvPath, environmentKey } = snapshot;
  const text = (bytes: Uint8Array | null) => new TextDecoder().decode(bytes ?? new Uint8Array());
  const sources = configFiles(snapshot);
  const resolved = resolveConfig(sources);
  const config = resolved.ok ? resolved.value.value : {};
  const dotenv = readDotenv(text(snapshot.dotenvBytes));
  const address = valueAt(config, [...OPENAI_ENTRY, "baseUrl"]);
  const variables =
    valueAt(config, ["env", "vars", ADDRESS_VARIABLE]) ?? dotenv.get(ADDRESS_VARIABLE);
  const isOfProxy = isElsewhere(snapshot, variables);
  const inConfig = (...path: ConfigPath) => {
    const target = locateEdit(sources, { op: "remove", path });
    return [valueAt(config, path), target.ok ? target.value.file : configPath] as const;
  };
  const ofService = (wanted: string) =>
    snapshot.serviceVariables.find(({ name }) => name === wanted);
  const isOfServiceProxy = isElsewhere(snapshot, ofService(ADDRESS_VARIABLE)?.value);
  const candidates: ReadonlyArray<readonly [unknown, string, boolean]> = [
    [environmentKey, KEY_VARIABLE, false],
    [dotenv.get(KEY_VARIABLE), dotenvPath, isOfProxy],
    [...inConfig("env", KEY_VARIABLE), isOfProxy],
    [...inConfig("env", "vars", KEY_VARIABLE), isOfProxy],
    [...inConfig(...OPENAI_ENTRY, "apiKey"), isElsewhere(snapshot, address ?? variables)],
    [ofService(KEY_VARIABLE)?.value, ofService(KEY_VARIABLE)?.file ?? "", isOfServiceProxy],
  ];
  for (const [value, where, isOther] of candidates) {
    if (!isOther && typeof value === "string" && value.trim() && !value.includes("${")) {
      return { value: value.trim(), where };
    }
  }
  return null;
}

/** Names a credential's place without repeating a file's name before its path. */
export function placeOfCredential(
  { name, file }: Pick<FoundCredential, "name" | "file">,
  shown: (path: string) => string,
): string {
  if (file === null) return visible(name);
  return path.basename(file) === name ? shown(file) : `${visible(name)}, ${shown(file)}`;
}
