/** The same by OpenClaw's own commands, for those who prefer a terminal; the key only by its variable. */

import type { ConfigEdit } from "@/lib/openclaw/config-types";
import type { KeyForm } from "@/lib/openclaw/releases";
import type { Snapshot } from "@/lib/setup/types";

/** One POSIX shell line each; a value that is or holds one of `secrets` stands as a variable to fill in. */
export function commandsFor(
  { profile, dotenvPath }: Snapshot,
  form: KeyForm | null,
  edits: readonly ConfigEdit[],
  gatewayToken: string,
  secrets: readonly string[],
): string[] {
  const openclaw = profile ? `openclaw --profile ${quote(profile)}` : "openclaw";
  const lines = edits.map((edit) => {
    const path = quote(edit.path.map(segment).join("").replace(/^\./u, ""));
    if (edit.op === "remove") return `${openclaw} config unset ${path}`;
    const text = typeof edit.value === "string" ? edit.value : JSON.stringify(edit.value);
    // The values of `env.*` that move are often keys of other services, whatever their name.
    const isSecret = secrets.some((secret) => secret !== gatewayToken && text.includes(secret));
    if (isSecret || edit.path[0] === "env") {
      return `${openclaw} config set ${path} "$${variable(edit.path)}"`;
    }
    const shown = text.replaceAll(gatewayToken, "$(openssl rand -hex 24)");
    // A double-quoted word, so that the shell makes the token.
    const value = shown === text ? quote(text) : `"${shown.replace(/["\\]/gu, "\\$&")}"`;
    return `${openclaw} config set ${path} ${value}`;
  });
  return form === null || form === "env-vars" || form === "env-flat"
    ? lines
    : [`printf 'OPENAI_API_KEY=%s\\n' "$OPENAI_API_KEY" >> ${quote(dotenvPath)}`, ...lines];
}

function variable(path: ConfigEdit["path"]): string {
  const name = String(path.at(-1));
  return /^[A-Za-z_]\w*$/u.test(name) ? name : "VALUE";
}

function segment(part: string | number): string {
  if (typeof part === "number") return `[${part}]`;
  return /^[\w-]+$/u.test(part) ? `.${part}` : `[${JSON.stringify(part)}]`;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
