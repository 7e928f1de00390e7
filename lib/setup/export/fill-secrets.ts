/** Fills the values of an export's variables into its private file, at the user's request. */

import { randomBytes } from "node:crypto";
import { TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import type { ExportFile } from "@/lib/setup/export/types";

export interface Filled {
  readonly files: readonly ExportFile[];
  readonly filled: readonly string[];
  readonly empty: readonly string[];
}

export interface GivenSecrets {
  /** Secret. */
  readonly key: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Uses the given key, then the environment. Null if the engine has no private file. */
export function fillSecrets(
  files: readonly ExportFile[],
  variables: readonly string[],
  { key, env }: GivenSecrets,
): Filled | null {
  const own = files.find(({ mode }) => mode === 0o600);
  if (own === undefined) return null;
  const given = (name: string) => {
    if (name === KEY_VARIABLE && key !== null) return key;
    if (name === TOKEN_VARIABLE && !env[name]) return randomBytes(32).toString("hex");
    return env[name] ?? "";
  };
  // A multi-line value would become several variables.
  const known = variables.map((name) => [name, given(name)] as const);
  const values = new Map(known.filter(([, value]) => /^[\x21-\x7e]+$/u.test(value)));
  const text = own.text.replace(
    /^([A-Za-z_]\w*)=$/gmu,
    (line, name: string) => `${line}${values.get(name) ?? ""}`,
  );
  return {
    files: files.map((file) => (file === own ? { ...own, text } : file)),
    filled: variables.filter((name) => values.has(name)),
    empty: variables.filter((name) => !values.has(name)),
  };
}
