/** Finds the changed words of lines that replace others. */

import { diffArrays } from "diff";
import type { Look, Token } from "@/lib/setup/review/highlight";

export interface ComparedToken extends Token {
  readonly means: string;
}

/** A stretch of a line; `changed` if the other version differs there. */
export interface Part {
  readonly text: string;
  readonly look: Look;
  readonly changed: boolean;
}

/** A larger change is a rewrite, whose lines have no counterparts. */
const MOST_LINES = 40;
const ALIKE = 0.5;

/** Lines with the same first word, or half of their words, count as versions of each other. */
export function changedParts(
  removed: readonly (readonly ComparedToken[])[],
  added: readonly (readonly ComparedToken[])[],
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
  return tokens.map(({ text, look }) => ({ text, look, changed: false }));
}

const words = (tokens: readonly Token[]) =>
  tokens.map(({ text }) => text).filter((text) => /[\p{L}\p{N}]/u.test(text));

function versions(before: readonly Token[], after: readonly Token[]): boolean {
  const [old, now] = [words(before), words(after)];
  if (old.length === 0 || now.length === 0) return false;
  if (old[0] === now[0]) return true;
  const known = new Set(now);
  const common = old.filter((word) => known.has(word)).length;
  return common / Math.max(old.length, now.length) >= ALIKE;
}

/** With more changed tokens, the middle of two lines counts as one change. */
const MOST_CHANGES = 4000;

function marked(
  before: readonly ComparedToken[],
  after: readonly ComparedToken[],
): [Part[], Part[]] {
  const means = (token: ComparedToken) => token.means;
  const [start, end] = commonEnds(before, after);
  const [oldMiddle, nowMiddle] = [
    before.slice(start, before.length - end),
    after.slice(start, after.length - end),
  ];
  const changes = diffArrays(oldMiddle.map(means), nowMiddle.map(means), {
    maxEditLength: MOST_CHANGES,
  }) ?? [
    { value: oldMiddle.map(means), removed: true, added: false },
    { value: nowMiddle.map(means), removed: false, added: true },
  ];
  const [old, now] = [unmarked(before.slice(0, start)), unmarked(after.slice(0, start))];
  let [left, right] = [0, 0];
  const take = (tokens: readonly Token[], at: number, changed: boolean): Part[] => {
    const token = tokens[at];
    return token ? [{ text: token.text, look: token.look, changed }] : [];
  };
  for (const { value, added, removed } of changes) {
    for (const _ of value) {
      if (!added) old.push(...take(oldMiddle, left++, removed));
      if (!removed) now.push(...take(nowMiddle, right++, added));
    }
  }
  old.push(...unmarked(before.slice(before.length - end)));
  now.push(...unmarked(after.slice(after.length - end)));
  return [withoutBlanks(old), withoutBlanks(now)];
}

function withoutBlanks(parts: readonly Part[]): Part[] {
  if (!parts.some(({ text, changed }) => changed && text.trim() !== "")) return [...parts];
  return parts.map((part) => ({ ...part, changed: part.changed && part.text.trim() !== "" }));
}

function commonEnds(
  before: readonly ComparedToken[],
  after: readonly ComparedToken[],
): [start: number, end: number] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start]?.means === after[start]?.means) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end)?.means === after.at(-1 - end)?.means) end += 1;
  return [start, end];
}
