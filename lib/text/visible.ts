/**
 * The one encoding of text that others wrote: characters that a page or a terminal would not show, that
 * turn its reading order round, or that a terminal would obey, by their number (Unicode TR 36, section
 * 2.5). Joiners and variants, which emoji and whole scripts need, count where they follow ASCII.
 */

const JOINING = String.raw`(?:\u200C|\u200D|\uFE0E|\uFE0F)`;
const HIDDEN = new RegExp(
  String.raw`[\p{Cc}\p{Co}\p{Cs}\u2028\u2029\uFFF9-\uFFFB]|(?!${JOINING})\p{Default_Ignorable_Code_Point}|(?<=[!-~])${JOINING}+`,
  "gu",
);

/** Text of a file or a program, where lines and tabs are what they are. */
export function visibleText(text: string): string {
  return text.replace(HIDDEN, (found) =>
    [...found].map((char) => (/[\t\n\r]/u.test(char) ? char : byNumber(char))).join(""),
  );
}

/** A name, a path, a version: one line, whatever it holds, so that nobody speaks in our voice. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (found) => [...found].map(byNumber).join(""));
}

/** Whether a text is shown as it is: what comes from elsewhere is refused otherwise, where it is a name. */
export function isVisible(text: string): boolean {
  return visible(text) === text;
}

/** The same for each text of a record that goes into a sentence. */
export function visibleAll<T extends object>(values: T): T {
  const entries = Object.entries(values).map(([name, value]): [string, unknown] => [
    name,
    typeof value === "string" ? visible(value) : value,
  ]);
  return Object.fromEntries(entries) as T;
}

/** A path as people write it, with `~` for their home. */
export function shownPath(path: string, home: string): string {
  return visible(home && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path);
}

function byNumber(char: string): string {
  const number = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `⟨U+${number}⟩`;
}
