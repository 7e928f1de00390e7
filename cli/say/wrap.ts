/** Words of a terminal in lines no longer than it is wide, broken between words. */

/** A narrower terminal gets long lines rather than a word on each. */
const NARROWEST = 20;
/** In these scripts a line may end after any sign; those that may not begin one stay behind the sign before. */
const PARTS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][、。，：；！？）」』…]*|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+|\s+/gu;
const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uff60\u{1f300}-\u{1faff}]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** What stands before the words of a line, below which its further lines begin. */
const LEAD = /^\s*(?:[-!•] |\[.\] |\d+\. )?/u;

/** Columns that a text takes; escape sequences are not looked for. */
export function widthOf(text: string): number {
  return [...text].reduce(
    (sum, sign) => sum + (NO_WIDTH.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1),
    0,
  );
}

/** A word that is wider than the terminal, such as an address, stays whole. */
export function wrapped(text: string, columns: number): readonly string[] {
  if (widthOf(text) <= columns || columns < NARROWEST) return [text.trimEnd()];
  const [lead = ""] = LEAD.exec(text) ?? [];
  const indent = " ".repeat(widthOf(lead));
  const lines: string[] = [];
  let line = lead;
  let isEmpty = true;
  for (const [part] of text.slice(lead.length).matchAll(PARTS)) {
    if (!isEmpty && widthOf((line + part).trimEnd()) > columns) {
      lines.push(line.trimEnd());
      [line, isEmpty] = [indent, true];
    }
    if (isEmpty && part.trim() === "") continue;
    line += part;
    isEmpty = false;
  }
  return isEmpty ? lines : [...lines, line.trimEnd()];
}
