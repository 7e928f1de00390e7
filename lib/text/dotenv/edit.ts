/**
 * Reading and editing the `.env` of OpenClaw's state directory. An edit touches one value or whole
 * lines of one name; the result is read again and must give every other name the value it had.
 */

import { err, ok, type Result } from "@/lib/result";
import { type Assignment, scanDotenv } from "@/lib/text/dotenv/scan";

/** OpenClaw 2026.9.6 skips a longer file without a word. */
export const MAX_DOTENV_BYTES = 1024 * 1024;

export interface DotenvRefusal {
  /**
   * - `bad-name`: not a portable variable name.
   * - `bad-value`: has a line ending or a NUL, or no quotes can hold it.
   * - `too-large`: the file would be longer than OpenClaw reads.
   * - `not-faithful`: the file is written so that the edit would change another value.
   */
  readonly code: "bad-name" | "bad-value" | "too-large" | "not-faithful";
  readonly detail: string;
}

/** What dotenv makes of a text; of a name assigned twice, the last counts. */
export function readDotenv(text: string): ReadonlyMap<string, string> {
  return valuesOf(scanDotenv(text));
}

/**
 * Give a name a value: in place where it is assigned (the last time, which is the one that counts),
 * else on a line of its own at the end. An equal value changes nothing.
 */
export function setDotenv(
  text: string,
  name: string,
  value: string,
): Result<string, DotenvRefusal> {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return refuse("bad-name", "letters, digits and _");
  if (/[\n\r\u2028\u2029\0]/.test(value)) return refuse("bad-value", "a value is one line");
  const assignments = scanDotenv(text);
  const own = assignments.filter((assignment) => assignment.name === name);
  const last = own.at(-1);
  if (last?.value === value) return ok(text);
  const intended = new Map(valuesOf(assignments)).set(name, value);
  for (const written of writings(value, last?.quote ?? "")) {
    const edited =
      last === undefined
        ? appended(text, assignments, `${name}=${written}`)
        : text.slice(0, last.valueStart) + written + text.slice(last.valueEnd);
    if (!sameValues(readDotenv(edited), intended)) continue;
    if (Buffer.byteLength(edited) > MAX_DOTENV_BYTES) return refuse("too-large", "over 1 MiB");
    return ok(edited);
  }
  // A value that an empty file cannot hold is at fault itself; else the rest of the file is.
  const alone = writings(value, "").some(
    (written) => readDotenv(`${name}=${written}\n`).get(name) === value,
  );
  return alone
    ? refuse("not-faithful", "another value would change")
    : refuse("bad-value", "no quotes can hold it");
}

/** Take every assignment of a name out, with its line and the comment on it. */
export function removeDotenv(text: string, name: string): Result<string, DotenvRefusal> {
  const assignments = scanDotenv(text);
  const own = assignments.filter((assignment) => assignment.name === name);
  if (own.length === 0) return ok(text);
  let kept = "";
  let at = 0;
  for (const { start, valueEnd } of own) {
    kept += text.slice(at, Math.max(at, lineStart(text, start)));
    at = pastLine(text, valueEnd);
  }
  const edited = kept + text.slice(at);
  const intended = new Map(valuesOf(assignments));
  intended.delete(name);
  if (!sameValues(readDotenv(edited), intended)) {
    return refuse("not-faithful", "another value would change");
  }
  return ok(edited);
}

function refuse(code: DotenvRefusal["code"], detail: string) {
  return err<DotenvRefusal>({ code, detail });
}

function valuesOf(assignments: readonly Assignment[]): ReadonlyMap<string, string> {
  return new Map(assignments.map(({ name, value }) => [name, value]));
}

function sameValues(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

/**
 * The ways to write a value, the best first: as it was quoted, then with as little as it needs.
 * A quote that the value contains is no use, one behind a backslash might not close, and one at the
 * start of a bare value might find a partner further down.
 */
function writings(value: string, quote: Assignment["quote"]): string[] {
  const isPlain = quote === "" && !/[\s#"'`]/.test(value);
  const quotes = [quote, '"', "'", "`"].filter((mark) => mark !== "" && !value.includes(mark));
  const marks = isPlain || value.endsWith("\\") ? ["", ...quotes] : [...quotes, ""];
  const usable = /^["'`]/.test(value) ? marks.filter((mark) => mark !== "") : marks;
  return [...new Set(usable)].map((mark) => mark + value + mark);
}

/** The text with a line more, written as its neighbours are. */
function appended(text: string, assignments: readonly Assignment[], line: string): string {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const isOpen = text !== "" && text !== "\uFEFF" && !/[\n\r]$/.test(text);
  const allExported = assignments.length > 0 && assignments.every(({ exported }) => exported);
  return `${text}${isOpen ? eol : ""}${allExported ? "export " : ""}${line}${eol}`;
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !"\n\r".includes(text[at - 1] as string)) at -= 1;
  // A byte order mark belongs to the file, not to its first line.
  return at === 0 && text.startsWith("\uFEFF") ? 1 : at;
}

/** One past the line ending after an offset. */
function pastLine(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !"\n\r".includes(text[at] as string)) at += 1;
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : Math.min(at + 1, text.length);
}
