/** Parts shared by the files of several engines. */

import { stringify } from "yaml";
import type { Engine, Shape } from "@/lib/openclaw/deployments/shapes";
import type { ExportBase, ExportFile, ReadmePart } from "@/lib/setup/export/types";
import type { Json } from "@/lib/text/json5/types";

/** The mount point of a read-only config, as in the official manifests. */
export const CONFIG_MOUNT = "/config";
export const SECRET = "openclaw-secrets";

export function configText(config: Json): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}

export function plainFile(path: string, text: string): ExportFile {
  return { path, text, mode: 0o644 };
}

export function configFile(config: Json, path = "openclaw.json"): ExportFile {
  return plainFile(path, configText(config));
}

/** Names only; the user adds the values, so the file is private. */
export function envFile(variables: readonly string[]): ExportFile {
  const text = variables.map((name) => `${name}=\n`).join("");
  return { path: "openclaw.env", text, mode: 0o600 };
}

/** YAML 1.1 reads a bare `no` as false, and folding would break commands and JSON. */
const YAML = {
  version: "1.1",
  lineWidth: 0,
  blockQuote: "literal",
  aliasDuplicateObjects: false,
} as const;

export function yamlFile(path: string, ...documents: readonly object[]): ExportFile {
  return plainFile(path, documents.map((one) => stringify(one, YAML)).join("---\n"));
}

/** For `sh -c`; an existing config belongs to the instance and stays. */
export function copyWhereNone({ stateDir }: Shape): string {
  const config = `${stateDir}/openclaw.json`;
  return `umask 077; mkdir -p ${stateDir}; test -e ${config} || cp ${CONFIG_MOUNT}/openclaw.json ${config}`;
}

/** With a read-only root and no cache, 2026.9.6 calls its database unreadable and starts no gateway. */
export function cacheVariable({ stateDir }: Shape) {
  return { name: "XDG_CACHE_HOME", value: `${stateDir}/.cache` };
}

/** A container's variable from the Secret; `key` is its name there. */
export function fromSecret(name: string, key = name) {
  return { name, valueFrom: { secretKeyRef: { name: SECRET, key } } };
}

export function secretTemplate(name: string, keys: readonly string[]): object {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name },
    type: "Opaque",
    stringData: Object.fromEntries(keys.map((key) => [key, ""])),
  };
}

/** Reads each value without echo and generates the gateway's token. */
export function askLines(variables: readonly string[]): string[] {
  return variables.map((name) =>
    name === "OPENCLAW_GATEWAY_TOKEN"
      ? `export ${name}="$(openssl rand -hex 32)"`
      : `printf '${name}: '; stty -echo; read -r ${name}; stty echo; echo; export ${name}`,
  );
}

export function printLines(variables: readonly string[]): string {
  const values = variables.map((name) => `"${name}=$${name}"`).join(" ");
  return `printf '%s\\n' ${values}`;
}

/** How to deploy; `asked` says where the secrets go. */
export function deployPart(
  engine: Engine,
  lines: readonly string[],
  asked: "asked" | "askedKept" = "asked",
): ReadmePart[] {
  return [
    { kind: "text", word: `place.${engine}` },
    { kind: "heading", word: "deploy" },
    { kind: "text", word: asked },
    { kind: "commands", lines },
  ];
}

/** How to start again from the exported config. */
export function reseedPart(lines: readonly string[]): ReadmePart[] {
  return [
    { kind: "text", word: "reseed" },
    { kind: "commands", lines },
  ];
}

/** The ChatGPT sign-in of each instance, if chosen. `prefix` runs `openclaw` inside it. */
export function signInPart({ signIn }: ExportBase, prefix: string): ReadmePart[] {
  if (signIn === null) return [];
  return [
    { kind: "heading", word: "signIn" },
    { kind: "text", word: "signInWhy" },
    { kind: "commands", lines: [`${prefix} ${signIn.join(" ")}`] },
  ];
}
