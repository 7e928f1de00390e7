/** Shortens a long line to its changes and their surroundings. */

import type { Part } from "@/lib/setup/review/word-diff";

const LONGEST_LINE = 2000;
const AROUND = 120;

export interface Gap {
  readonly gap: number;
}
export type LinePart = Part | Gap;

/** Only unchanged stretches of changed lines are shortened; short, new and removed lines stay whole. */
export function shorten(parts: readonly Part[], kind: "same" | "added" | "removed"): LinePart[] {
  const length = parts.reduce((sum, { text }) => sum + text.length, 0);
  const isMarked = parts.some(({ changed }) => changed);
  if (length <= LONGEST_LINE || (!isMarked && kind !== "same")) return [...parts];
  const ranges = isMarked ? rangesAround(parts) : [{ start: 0, end: LONGEST_LINE - AROUND }];
  const out: LinePart[] = [];
  let at = 0;
  const leaveOut = (count: number) => {
    const last = out.at(-1);
    if (count === 0) return;
    if (last && "gap" in last) out[out.length - 1] = { gap: last.gap + count };
    else out.push({ gap: count });
  };
  let next = 0;
  for (const part of parts) {
    const [start, end] = [at, at + part.text.length];
    let from = start;
    while (next < ranges.length && (ranges[next]?.end ?? 0) <= start) next += 1;
    for (let index = next; index < ranges.length; index += 1) {
      const range = ranges[index];
      if (!range || range.start >= end) break;
      const [left, right] = [Math.max(range.start, from), Math.min(range.end, end)];
      if (left >= right) continue;
      leaveOut(left - from);
      out.push({ ...part, text: part.text.slice(left - start, right - start) });
      from = right;
    }
    leaveOut(end - from);
    at = end;
  }
  return out;
}

function rangesAround(parts: readonly Part[]): Array<{ start: number; end: number }> {
  const ranges: Array<{ start: number; end: number }> = [];
  let at = 0;
  for (const { text, changed } of parts) {
    const [start, end] = [Math.max(0, at - AROUND), at + text.length + AROUND];
    at += text.length;
    if (!changed) continue;
    const last = ranges.at(-1);
    if (last && last.end >= start - AROUND) last.end = end;
    else ranges.push({ start, end });
  }
  return ranges;
}
