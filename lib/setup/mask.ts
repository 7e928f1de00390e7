/** The one masking function for everything file-like that is shown. */

import { maskSecret } from "@/lib/openai/api-key";
import type { Json } from "@/lib/openclaw/config-types";
import { readVariables } from "@/lib/openclaw/dotenv-line";

const TELLING_NAME = /key|token|secret|passw|credential|auth$/iu;
const TELLING_VALUE =
  /^(?:sk-|xox[abp]-|gh[pousr]_|AIza|eyJ[\w-]{10,}\.|[0-9a-f]{32,}$|\d{8,}:[\w-]{30,}$)/u;
const SHORTEST = 6;

/** Every secret in the files: by the name it stands under, or by its look. References stay readable. */
export function collectSecrets(
  config: Json,
  dotenv: string,
  more: readonly string[] = [],
): string[] {
  const found = new Set(more);
  const consider = (name: string, value: string) => {
    if (value.length < SHORTEST || /^\$\{[^}]*\}$/u.test(value)) return;
    if (TELLING_NAME.test(name) || TELLING_VALUE.test(value)) found.add(value);
  };
  const walk = (value: Json, name: string, reference: boolean): void => {
    if (typeof value === "string" && !reference) consider(name, value);
    else if (Array.isArray(value)) for (const entry of value) walk(entry, name, reference);
    else if (value !== null && typeof value === "object") {
      const members = Object.entries(value as Readonly<Record<string, Json>>);
      const isReference = members.some(([key, inner]) => key === "source" && inner === "env");
      for (const [key, inner] of members) walk(inner, key, isReference);
    }
  };
  walk(config, "", false);
  for (const [name, value] of readVariables(dotenv)) consider(name, value);
  return [...found].filter((secret) => secret !== "");
}

/** Replaces each secret, also where JSON escapes are written in it, by its mask. */
export function maskText(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    const mask = maskSecret(secret);
    for (const written of new Set([secret, JSON.stringify(secret).slice(1, -1)])) {
      masked = masked.replaceAll(written, mask);
    }
  }
  return masked;
}
