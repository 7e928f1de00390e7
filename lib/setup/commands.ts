/** The same by OpenClaw's own commands, for those who prefer a terminal; the key only by its variable. */

import type { ConfigEdit } from "@/lib/openclaw/config-types";
import type { KeyForm } from "@/lib/openclaw/releases";
import type { Snapshot } from "@/lib/setup/types";

/** One POSIX shell line each. */
export function commandsFor(
  { profile, dotenvPath }: Snapshot,
  form: KeyForm,
  edits: readonly ConfigEdit[],
  gatewayToken: string,
): string[] {
  const openclaw = profile ? `openclaw --profile ${quote(profile)}` : "openclaw";
  const lines = edits.map((edit) => {
    const path = quote(edit.path.map(segment).join("").replace(/^\./u, ""));
    if (edit.op === "remove") return `${openclaw} config unset ${path}`;
    const secret = form === "env-vars" || form === "env-flat" ? edit.path.at(-1) : undefined;
    if (secret === "OPENAI_API_KEY") return `${openclaw} config set ${path} "$OPENAI_API_KEY"`;
    const text = typeof edit.value === "string" ? edit.value : JSON.stringify(edit.value);
    const shown = text.replaceAll(gatewayToken, "$(openssl rand -hex 24)");
    // A double-quoted word, so that the shell makes the token.
    const value = shown === text ? quote(text) : `"${shown.replace(/["\\]/gu, "\\$&")}"`;
    return `${openclaw} config set ${path} ${value}`;
  });
  return form === "env-vars" || form === "env-flat"
    ? lines
    : [`printf 'OPENAI_API_KEY=%s\\n' "$OPENAI_API_KEY" >> ${quote(dotenvPath)}`, ...lines];
}

function segment(part: string | number): string {
  if (typeof part === "number") return `[${part}]`;
  return /^[\w-]+$/u.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
