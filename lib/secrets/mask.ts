/** Masks every file or config value that is shown. */

import { cover, findSecrets, indexOf, type Piece } from "@/lib/secrets/cover";
import { isSecretName, namedSecrets, type Span, withoutReferences } from "@/lib/secrets/places";
import { isSecretAnywhere } from "@/lib/secrets/reach";
import { JSON_VIEW, type TreeView, walkLeaves } from "@/lib/secrets/secret-leaves";
import { TOKENS, WEBHOOKS } from "@/lib/secrets/token-forms";
import { readDotenv } from "@/lib/text/dotenv/edit";
import { scanDotenv } from "@/lib/text/dotenv/scan";
import { readJson5 } from "@/lib/text/json5/parse";
import { textOf } from "@/lib/text/json5/tokens";
import type { Node } from "@/lib/text/json5/tree";
import type { ConfigPath, Json } from "@/lib/text/json5/types";

/** Collects secrets to mask everywhere, by place or shape, without references and plain words. */
export function collectSecrets(
  config: Json,
  dotenv: string,
  more: readonly string[] = [],
): string[] {
  const ordinary = ordinaryWords(config);
  const found = new Set(more);
  const take = (value: string) => {
    for (const one of [value, withoutScheme(value)]) {
      if (isSecretAnywhere(one, ordinary)) found.add(one);
    }
  };
  const inside = (value: string) => {
    for (const { start, end } of spansIn(value)) take(value.slice(start, end));
  };
  walkLeaves(
    config,
    JSON_VIEW,
    (_, value) => take(value),
    (_, value) => inside(value),
  );
  for (const [name, value] of readDotenv(dotenv)) {
    if (isSecretName(name) && withoutReferences(value) !== "") take(value);
    else inside(value);
  }
  // Pages show one line at a time, so each line of a secret is a secret.
  const lines = [...found].flatMap((secret) =>
    /[\r\n]/u.test(secret) ? secret.split(/\r\n|\r|\n/u) : [],
  );
  return [...new Set([...found, ...lines])].filter((secret) => secret.trim() !== "");
}

/** The token after `Bearer` is a secret on its own as well. */
function withoutScheme(value: string): string {
  return value.replace(/^(?:Bearer|Basic|Token|Bot) +/iu, "");
}

function ordinaryWords(config: Json): Set<string> {
  const words = new Set<string>();
  const visit = (value: Json): void => {
    if (typeof value === "string") {
      const parts = value.length < 200 ? value.split(/[/:]/u) : [];
      if (parts.length > 1 && !value.includes("@")) for (const part of parts) words.add(part);
    } else if (Array.isArray(value)) for (const one of value) visit(one);
    else if (value !== null && typeof value === "object") {
      for (const [name, one] of Object.entries(value)) {
        words.add(name);
        visit(one as Json);
      }
    }
  };
  visit(config);
  return words;
}

export function spansIn(text: string): Span[] {
  const tokens = [...text.matchAll(TOKENS)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const addresses = [...text.matchAll(WEBHOOKS)].map((match) => ({
    start: match.index + (match[1]?.length ?? 0),
    end: match.index + match[0].length,
  }));
  return [...tokens, ...addresses, ...namedSecrets(text)];
}

/** Masks the given secrets and anything that looks like one, since comments can hold keys too. */
export function maskText(text: string, secrets: readonly string[]): string {
  return textOfPieces(cover(text, [...findSecrets(text, indexOf(secrets)), ...spansIn(text)]));
}

export function textOfPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

export function valueHoldsSecret(
  path: ConfigPath,
  value: Json,
  { secrets, except }: { readonly secrets: readonly string[]; readonly except: string },
): boolean {
  const own = indexOf(secrets.filter((secret) => secret !== except));
  let holds = false;
  const inText = (text: string) => {
    const rest = text.replaceAll(except, "");
    holds ||= spansIn(rest).length > 0 || findSecrets(rest, own).length > 0;
  };
  walkLeaves<Json>(
    path.reduceRight<Json>((inner, part) => ({ [part]: inner }), value),
    JSON_VIEW,
    (_, found) => {
      holds ||= found !== except;
    },
    (_, text) => inText(text),
  );
  inText(typeof value === "string" ? value : JSON.stringify(value));
  return holds;
}

/** Masks a whole file, including every value at a secret place, and keeps its line breaks. */
export function maskFile(
  text: string,
  language: "json5" | "dotenv",
  secrets: readonly string[],
): Piece[] {
  const places = language === "dotenv" ? placesInDotenv(text) : placesInJson5(text);
  return cover(text, [...places, ...findSecrets(text, indexOf(secrets)), ...spansIn(text)]);
}

function placesInDotenv(text: string): Span[] {
  return scanDotenv(text).flatMap(({ name, value, valueStart, valueEnd, quote }) => {
    if (!isSecretName(name) || withoutReferences(value) === "") return [];
    const inset = quote === "" ? 0 : 1;
    return [{ start: valueStart + inset, end: valueEnd - inset }];
  });
}

function placesInJson5(text: string): Span[] {
  const read = readJson5(text);
  if (!read.ok) return [];
  const spans: Span[] = [];
  const valueAt = ({ start, end }: Node): Json => {
    const written = text.slice(start, end);
    return /^["']/u.test(written) ? (textOf(written) ?? written) : numberOrNull(written);
  };
  const view: TreeView<Node> = {
    entriesOf: (node) =>
      node.kind === "scalar"
        ? null
        : node.entries.map(({ key, value }) => ({ name: key, node: value })),
    valueOf: valueAt,
  };
  walkLeaves(
    read.value.root,
    view,
    ({ start, end }) => {
      const inset = /["']/u.test(text.charAt(start)) ? 1 : 0;
      spans.push({ start: start + inset, end: end - inset });
    },
    () => undefined,
  );
  return spans;
}

function numberOrNull(written: string): number | null {
  return /^[+-]?[\d.]/u.test(written) ? Number(written) : null;
}
