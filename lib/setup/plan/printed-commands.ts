/** Prints a plan as OpenClaw's own commands; the key appears only as its variable. */

import { KEY_VARIABLE, OPENAI } from "@/lib/openclaw/releases/names";
import { valueHoldsSecret } from "@/lib/secrets/mask";
import type { FileKeyForm } from "@/lib/setup/key-forms";
import { parseModelRef, providerOf } from "@/lib/setup/model-ref";
import { isInConfig } from "@/lib/setup/plan/credential";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject, valueAt, withoutMoves } from "@/lib/text/json5/value";

const MODEL = ["agents", "defaults", "model"];

export interface Printed {
  readonly keyForm: FileKeyForm | null;
  /** Another variable for `.env`. */
  readonly variable?: string | null;
  readonly edits: readonly ConfigEdit[];
  readonly after: Json;
  readonly gatewayToken: string;
  readonly secrets: readonly string[];
}

/** Returns POSIX shell lines, with a variable in place of each secret. */
export function commandsFor(
  { era, profile, dotenvPath, configLink, immutable }: Snapshot,
  { keyForm, variable: other = null, edits: planned, after, gatewayToken, secrets }: Printed,
): string[] {
  // `config set` of 2026.9.6 replaces a link with a file.
  const edits = configLink === null && immutable === null ? withoutMoves(planned) : [];
  const openclaw = profile ? `openclaw --profile ${quote(profile)}` : "openclaw";
  const chain = era.commands.configSetChecksModels ? fallbackLines(edits, after) : null;
  const direct = edits.filter((edit) => !chain?.replaces.includes(edit));
  const lines = direct.map((edit) => {
    const path = quote(edit.path.map(segment).join("").replace(/^\./u, ""));
    if (edit.op !== "set") return `${openclaw} config unset ${path}`;
    const text = typeof edit.value === "string" ? edit.value : JSON.stringify(edit.value);
    // Values that move within `env.*` are often other services' keys.
    const isSecret = valueHoldsSecret(edit.path, edit.value, { secrets, except: gatewayToken });
    if (isSecret || edit.path[0] === "env") {
      return `${openclaw} config set ${path} "$${variable(edit.path)}"`;
    }
    const shown = text.replaceAll(gatewayToken, "$(openssl rand -hex 24)");
    // Double quotes let the shell generate the token.
    const value = shown === text ? quote(text) : `"${shown.replace(/["\\]/gu, "\\$&")}"`;
    return `${openclaw} config set ${path} ${value}`;
  });
  const chained = (chain?.lines ?? []).map((line) => `${openclaw} ${line}`);
  const name = keyForm === null || isInConfig(keyForm) ? other : KEY_VARIABLE;
  const intoDotenv =
    name === null ? [] : [`printf '${name}=%s\\n' "$${name}" >> ${quote(dotenvPath)}`];
  return [...intoDotenv, ...lines, ...chained];
}

/** Null if `config set` accepts the models, or a variable or alias stands for one. */
function fallbackLines(
  edits: readonly ConfigEdit[],
  after: Json,
): { readonly replaces: readonly ConfigEdit[]; readonly lines: readonly string[] } | null {
  const replaces = edits.filter(({ path }) => MODEL.every((part, at) => path[at] === part));
  const present = valueAt(after, [...MODEL, "fallbacks"]);
  const refs = isJsonArray(present) ? present.map(String) : [];
  const isForeign = (ref: Json | undefined) => providerOf(String(ref)) !== OPENAI;
  const named = replaces.flatMap((edit): ReadonlyArray<Json | undefined> => {
    if (edit.op !== "set") return [];
    if (isJsonArray(edit.value)) return edit.value;
    if (!isJsonObject(edit.value)) return [edit.value];
    const { primary, fallbacks } = edit.value;
    return [primary, ...(isJsonArray(fallbacks) ? fallbacks : [])];
  });
  if (!named.some(isForeign) || !refs.every((ref) => parseModelRef(ref).ok)) return null;
  const lines = replaces.flatMap((edit) => {
    if (edit.op !== "set" || edit.path.includes("fallbacks")) return [];
    const primary = isJsonObject(edit.value) ? edit.value["primary"] : edit.value;
    // Another provider's default is the present one.
    return isForeign(primary)
      ? []
      : [`config set ${edit.path.join(".")} ${quote(String(primary))}`];
  });
  const isListed = replaces.some(({ path }) => path.length > MODEL.length + 1);
  return {
    replaces,
    lines: [
      ...lines,
      ...(isListed ? ["models fallbacks clear"] : []),
      ...refs.map((ref) => `models fallbacks add ${quote(ref)}`),
    ],
  };
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
