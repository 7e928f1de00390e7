/** Covers stretches of a text with masks in one pass and keeps its line breaks. */

import { maskSecret } from "@/lib/secrets/mask-secret";
import type { Span } from "@/lib/secrets/places";

interface Branch {
  readonly next: Map<string, Branch>;
  ends: boolean;
}

/** A prefix tree of secrets that also matches them with JSON escapes. */
export type Index = Branch;

export function indexOf(secrets: readonly string[]): Index {
  const root: Branch = { next: new Map(), ends: false };
  for (const secret of secrets) {
    for (const written of new Set([secret, JSON.stringify(secret).slice(1, -1)])) {
      let at = root;
      for (let index = 0; index < written.length; index += 1) {
        const letter = written.charAt(index);
        const next = at.next.get(letter) ?? { next: new Map(), ends: false };
        at.next.set(letter, next);
        at = next;
      }
      if (at !== root) at.ends = true;
    }
  }
  return root;
}

export function findSecrets(text: string, root: Index): Span[] {
  const found: Span[] = [];
  for (let start = 0; start < text.length; start += 1) {
    let end = 0;
    let at: Branch | undefined = root;
    for (let index = start; index < text.length; index += 1) {
      at = at.next.get(text.charAt(index));
      if (at === undefined) break;
      if (at.ends) end = index + 1;
    }
    if (end > 0) found.push({ start, end });
  }
  return found;
}

/** `hidden` is the text behind a mask, or null for text that is shown. */
export interface Piece {
  readonly text: string;
  readonly hidden: string | null;
}

/** Masks every span. Overlapping spans share one mask, and each line of a span gets its own. */
export function cover(text: string, spans: readonly Span[]): Piece[] {
  const pieces: Piece[] = [];
  const sorted = [...spans]
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  let kept = 0;
  for (let index = 0; index < sorted.length; ) {
    const { start } = sorted[index] as Span;
    let end = start;
    for (
      ;
      index < sorted.length && (sorted[index] as Span).start < Math.max(end, start + 1);
      index += 1
    ) {
      end = Math.max(end, (sorted[index] as Span).end);
    }
    pieces.push({ text: text.slice(kept, start), hidden: null });
    const parts = text.slice(start, end).split(/(\r\n|\r|\n)/u);
    for (const [at, part] of parts.entries()) {
      if (at % 2 === 1) pieces.push({ text: part, hidden: null });
      else if (part.trim() === "") pieces.push({ text: part, hidden: null });
      else pieces.push({ text: parts.length > 1 ? "••••••••" : maskSecret(part), hidden: part });
    }
    kept = end;
  }
  pieces.push({ text: text.slice(kept), hidden: null });
  return pieces.filter((piece) => piece.text !== "");
}
