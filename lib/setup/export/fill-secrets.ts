/** The values of an export's variables, put into its one file for them, because the person asks for it. */

import { randomBytes } from "node:crypto";
import { TOKEN_VARIABLE } from "@/lib/openclaw/deployments/shapes";
import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import type { ExportFile } from "@/lib/setup/export/types";

export interface Filled {
  readonly files: readonly ExportFile[];
  /** Names whose value stands in the file. */
  readonly filled: readonly string[];
  /** Names without one: it is not known here, or is no single line. */
  readonly empty: readonly string[];
}

export interface GivenSecrets {
  /** The API key, where one was given. Secret. */
  readonly key: string | null;
  /** Where a variable of the same name may hold a value. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Each `NAME=` of the file that its owner alone may read gets its value: the key as given, the gateway's
 * token from the environment or made now, any other from the environment. Null where the engine has no such file.
 */
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
  // A value of several lines would be several variables.
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
