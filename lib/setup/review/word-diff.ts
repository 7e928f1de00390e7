/** Which words of a changed line are other than before, for lines that were changed and not only added. */

import { diffArrays } from "diff";
import type { Look, Token } from "@/lib/setup/review/highlight";

/** A stretch of a line; `changed` where the other version of the line has something else there. */
export interface Part {
  readonly text: string;
  readonly look: Look;
  readonly changed: boolean;
}

/** Lines compared with each other within one change; more are a rewrite, where no pair tells anything. */
const MOST_LINES = 40;
const ALIKE = 0.5;

/**
 * The lines that one change removed and those it put there, in their order. Lines that are versions of
 * each other (the same first word, or half of their words) have their differing words marked.
 */
export function changedParts(
  removed: readonly (readonly Token[])[],
  added: readonly (readonly Token[])[],
): { removed: Part[][]; added: Part[][] } {
  const out = { removed: removed.map(unmarked), added: added.map(unmarked) };
  if (removed.length > MOST_LINES || added.length > MOST_LINES) return out;
  let from = 0;
  removed.forEach((before, index) => {
    const at = added.findIndex((after, place) => place >= from && versions(before, after));
    const after = added[at];
    if (after === undefined) return;
    from = at + 1;
    [out.removed[index], out.added[at]] = marked(before, after);
  });
  return out;
}

function unmarked(tokens: readonly Token[]): Part[] {
  return tokens.map((token) => ({ ...token, changed: false }));
}

const words = (tokens: readonly Token[]) =>
  tokens.map(({ text }) => text).filter((text) => /[\p{L}\p{N}]/u.test(text));

function versions(before: readonly Token[], after: readonly Token[]): boolean {
  const [old, now] = [words(before), words(after)];
  if (old.length === 0 || now.length === 0) return false;
  if (old[0] === now[0]) return true;
  const common = old.filter((word) => now.includes(word)).length;
  return common / Math.max(old.length, now.length) >= ALIKE;
}

function marked(before: readonly Token[], after: readonly Token[]): [Part[], Part[]] {
  const text = (token: Token) => token.text;
  const [old, now]: [Part[], Part[]] = [[], []];
  let [left, right] = [0, 0];
  const take = (tokens: readonly Token[], at: number, changed: boolean): Part[] => {
    const token = tokens[at];
    return token ? [{ ...token, changed: changed && token.text.trim() !== "" }] : [];
  };
  for (const { value, added, removed } of diffArrays(before.map(text), after.map(text))) {
    for (const _ of value) {
      if (!added) old.push(...take(before, left++, removed));
      if (!removed) now.push(...take(after, right++, added));
    }
  }
  if ([...old, ...now].some(({ changed }) => changed)) return [old, now];
  // The lines differ, yet look alike: what differs is behind a mask.
  const hidden = (parts: Part[]) =>
    parts.map((part) => ({ ...part, changed: part.text.includes("••••") }));
  return [hidden(old), hidden(now)];
}
