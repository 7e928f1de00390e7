/** Disguises a config for doctor: no path leaves its private folder, and no new secret is in it. */

import path from "node:path";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

export interface Disguise {
  readonly put: (value: Json) => Json;
  readonly lift: (value: Json) => Json;
}

/** Moves absolute paths below `folder` and zeroes each of `secrets`; keys stay. */
export function disguiseFor(folder: string, secrets: readonly string[]): Disguise {
  const elsewhere = path.join(folder, "elsewhere");
  const led = (text: string) =>
    isPath(text) && !text.startsWith(elsewhere)
      ? path.join(elsewhere, path.relative(path.parse(text).root, text) || ".")
      : text;
  const hidden = secrets.filter(Boolean).map((secret) => [secret, "0".repeat(secret.length)]);
  const known = new Map<string, string>();
  return {
    put: (value) =>
      mapTexts(value, (text) => {
        const now = hidden.reduce(
          (one, [secret = "", zeros = ""]) => one.replaceAll(secret, zeros),
          led(text),
        );
        if (now !== text) known.set(now, text);
        return now;
      }),
    lift: (value) => mapTexts(value, (text) => known.get(text) ?? text),
  };
}

function isPath(text: string): boolean {
  return text.length > 1 && (path.isAbsolute(text) || path.win32.isAbsolute(text));
}

function mapTexts(value: Json, each: (text: string) => string): Json {
  if (typeof value === "string") return each(value);
  if (isJsonArray(value)) return value.map((one) => mapTexts(one, each));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, each)]));
}
