/**
 * Shows hidden and direction-changing characters as numbers (Unicode TR 36, section 2.5).
 * Joiners and variation selectors stay, except after ASCII.
 */

const JOINING = String.raw`(?:\u200C|\u200D|\uFE0E|\uFE0F)`;
const HIDDEN = new RegExp(
  String.raw`[\p{Cc}\p{Co}\p{Cs}\u2028\u2029\uFFF9-\uFFFB]|(?!${JOINING})\p{Default_Ignorable_Code_Point}|(?<=[!-~])${JOINING}+`,
  "gu",
);

/** For files and program output, where tabs and line breaks are legitimate. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (found, at: number) =>
    [...found].map((char) => (isLayout(char, text[at + 1]) ? char : byNumber(char))).join(""),
  );
}

/** A carriage return alone would overwrite its line in a terminal. */
function isLayout(char: string, next: string | undefined): boolean {
  return char === "\r" ? next === "\n" : /[\t\n]/u.test(char);
}

/** For a name, path or version, which must stay on one line. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (found) => [...found].map(byNumber).join(""));
}

export function isVisible(text: string): boolean {
  return visible(text) === text;
}

/** Applies `visible`, or what says more of it, to each text of a record. */
export function visibleAll<T extends object>(
  values: T,
  each: (text: string) => string = visible,
): T {
  const entries = Object.entries(values).map(([name, value]): [string, unknown] => [
    name,
    typeof value === "string" ? each(value) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

/** Shortens the home directory to `~`. */
export function shownPath(path: string, home: string): string {
  return visible(home && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path);
}

function byNumber(char: string): string {
  const number = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `⟨U+${number}⟩`;
}
