/** What the files of several engines have in common. */

import { stringify } from "yaml";
import type { Shape } from "@/lib/openclaw/deployments/shapes";
import type { ExportBase, ExportFile, ReadmePart } from "@/lib/setup/export/types";
import type { Json } from "@/lib/text/json5/types";

/** Where a config lies that can only be read, in the official manifests too. */
export const CONFIG_MOUNT = "/config";
/** The Secret of the official manifests. */
export const SECRET = "openclaw-secrets";

/** As OpenClaw writes it itself. */
export function configText(config: Json): string {
  return `${JSON.stringify(config, null, 2)}\n`;
}

export function plainFile(path: string, text: string): ExportFile {
  return { path, text, mode: 0o644 };
}

export function configFile(config: Json, path = "openclaw.json"): ExportFile {
  return plainFile(path, configText(config));
}

/** The names alone; whoever fills it in has it for themselves. */
export function envFile(variables: readonly string[]): ExportFile {
  const text = variables.map((name) => `${name}=\n`).join("");
  return { path: "openclaw.env", text, mode: 0o600 };
}

/** Readers of YAML 1.1 take a bare `no` for false. A folded line would break a command or a text of JSON in two. */
const YAML = {
  version: "1.1",
  lineWidth: 0,
  blockQuote: "literal",
  aliasDuplicateObjects: false,
} as const;

export function yamlFile(path: string, ...documents: readonly object[]): ExportFile {
  return plainFile(path, documents.map((one) => stringify(one, YAML)).join("---\n"));
}

/** For `sh -c`: a config that is there already is the instance's own, and stays. */
export function copyWhereNone({ stateDir }: Shape): string {
  const config = `${stateDir}/openclaw.json`;
  return `umask 077; mkdir -p ${stateDir}; test -e ${config} || cp ${CONFIG_MOUNT}/openclaw.json ${config}`;
}

/**
 * Of a root that can only be read, no cache below the home can be written: 2026.9.6 then calls its own database
 * unreadable, and no gateway starts.
 */
export function cacheVariable({ stateDir }: Shape) {
  return { name: "XDG_CACHE_HOME", value: `${stateDir}/.cache` };
}

/** A Secret with the names and no value. */
export function secretTemplate(name: string, keys: readonly string[]): object {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name },
    type: "Opaque",
    stringData: Object.fromEntries(keys.map((key) => [key, ""])),
  };
}

/** Asks for each value in a terminal without showing it; the gateway's token is made. */
export function askLines(variables: readonly string[]): string[] {
  return variables.map((name) =>
    name === "OPENCLAW_GATEWAY_TOKEN"
      ? `export ${name}="$(openssl rand -hex 32)"`
      : `printf '${name}: '; stty -echo; read -r ${name}; stty echo; echo; export ${name}`,
  );
}

/** `NAME=value` of each on standard output, for a command that reads them from its standard input. */
export function printLines(variables: readonly string[]): string {
  const values = variables.map((name) => `"${name}=$${name}"`).join(" ");
  return `printf '%s\\n' ${values}`;
}

/** How each instance signs in with ChatGPT, where that was chosen. `prefix` runs `openclaw` inside it. */
export function signInPart({ signIn }: ExportBase, prefix: string): ReadmePart[] {
  if (signIn === null) return [];
  return [
    { kind: "heading", word: "signIn" },
    { kind: "text", word: "signInWhy" },
    { kind: "commands", lines: [`${prefix} ${signIn.join(" ")}`] },
  ];
}
