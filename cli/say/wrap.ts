/** Wraps text at the terminal's width. */

/** A narrower terminal gets long lines instead of one word per line. */
const NARROWEST = 20;
/** These scripts may break a line after any character, except before closing ones. */
const PARTS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}][、。，：；！？）」』…]*|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+|\s+/gu;
const WIDE =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u3000-\u303f\uff00-\uff60\u{1f300}-\u{1faff}]/u;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** The prefix of a line, which indents its further lines. */
const LEAD = /^\s*(?:[-!•] |\[.\] |\d+\. )?/u;

/** Counts columns, without regard to escape sequences. */
export function widthOf(text: string): number {
  return [...text].reduce(
    (sum, sign) => sum + (NO_WIDTH.test(sign) ? 0 : WIDE.test(sign) ? 2 : 1),
    0,
  );
}

/** A longer word, such as an address, stays whole. */
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
