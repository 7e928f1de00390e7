/** Finds each config value at the place of a secret. */

import {
  holdsSecrets,
  isAbout,
  isPlainWords,
  isSecretName,
  isSecretNumber,
  isWayName,
  withoutReferences,
} from "@/lib/secrets/places";
import type { Json } from "@/lib/text/json5/types";

/** Abstracts over plain values and parsed nodes. */
export interface TreeView<T> {
  readonly entriesOf: (
    node: T,
  ) => ReadonlyArray<{ readonly name: string | null; readonly node: T }> | null;
  readonly valueOf: (leaf: T) => Json;
}

export const JSON_VIEW: TreeView<Json> = {
  entriesOf: (node) => {
    if (Array.isArray(node)) return node.map((one: Json) => ({ name: null, node: one }));
    if (node === null || typeof node !== "object") return null;
    return Object.entries(node).map(([name, one]) => ({ name, node: one as Json }));
  },
  valueOf: (leaf) => leaf,
};

/** A list item after an option such as `--token` is a secret. */
const OPTION = /^--?[A-Za-z][\w-]*$/u;
const REFERENCE_KEYS = new Set(["source", "provider", "id"]);

/** Calls `found` for leaves at secret places, judging the whole path, and `other` for other strings. */
export function walkLeaves<T>(
  root: T,
  view: TreeView<T>,
  found: (leaf: T, value: string) => void,
  other: (leaf: T, value: string) => void,
): void {
  const leaf = (node: T, name: string, inside: boolean) => {
    const value = view.valueOf(node);
    if (typeof value === "number") {
      if (isSecretNumber(name)) found(node, String(value));
    } else if (typeof value === "string") {
      const named = isSecretName(name) && !(isWayName(name) && isPlainWords(value));
      const secret = named || (inside && !isAbout(name));
      if (secret && withoutReferences(value) !== "") found(node, value);
      else other(node, value);
    }
  };
  const visit = (node: T, name: string, inside: boolean, depth: number): void => {
    const entries = view.entriesOf(node);
    if (entries === null) {
      leaf(node, name, inside);
      return;
    }
    const textOf = (wanted: string) => {
      const entry = entries.find((one) => one.name === wanted);
      const value = entry && view.entriesOf(entry.node) === null ? view.valueOf(entry.node) : null;
      return typeof value === "string" ? value : null;
    };
    const names = entries.flatMap((one) => one.name ?? []);
    const isReference = textOf("source") !== null && names.every((one) => REFERENCE_KEYS.has(one));
    const isLogin = textOf("type") === "oauth";
    // Headers and variables are sometimes listed as `{ name: "API_TOKEN", value: "…" }`.
    const pair = textOf("name") ?? textOf("key") ?? "";
    let before = "";
    for (const entry of entries) {
      if (isReference) break;
      const own = entry.name ?? (OPTION.test(before) ? before : name);
      const effective =
        isLogin && /^(?:access|refresh)$/u.test(own)
          ? `${own} token`
          : entry.name === "value" && isSecretName(pair)
            ? pair
            : own;
      // OpenClaw's top-level `secrets` configures secret sources.
      const holds = entry.name !== null && holdsSecrets(own) && !(depth === 0 && own === "secrets");
      visit(entry.node, effective, inside || holds, depth + 1);
      const value =
        entry.name === null && view.entriesOf(entry.node) === null ? view.valueOf(entry.node) : "";
      before = typeof value === "string" ? value : "";
    }
  };
  visit(root, "", false, 0);
}
