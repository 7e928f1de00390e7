/** Reads and edits `.env` text: an edit changes one name and keeps every other value. */

import { err, ok, type Result } from "@/lib/result";
import { type Assignment, scanDotenv } from "@/lib/text/dotenv/scan";

/** OpenClaw 2026.9.6 silently skips a longer file. */
export const MAX_DOTENV_BYTES = 1024 * 1024;

export interface DotenvRefusal {
  /**
   * - `bad-name`: not a portable variable name.
   * - `bad-value`: has a line ending or NUL, or cannot be quoted.
   * - `too-large`: longer than OpenClaw reads.
   * - `not-faithful`: the edit would change another value.
   */
  readonly code: "bad-name" | "bad-value" | "too-large" | "not-faithful";
  readonly detail: string;
}

/** The last assignment of a name wins, as in dotenv. */
export function readDotenv(text: string): ReadonlyMap<string, string> {
  return valuesOf(scanDotenv(text));
}

/** Changes the last assignment of a name, or appends a line. An equal value changes nothing. */
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
  // If an empty file cannot hold the value either, the value is at fault.
  const alone = writings(value, "").some(
    (written) => readDotenv(`${name}=${written}\n`).get(name) === value,
  );
  return alone
    ? refuse("not-faithful", "another value would change")
    : refuse("bad-value", "no quotes can hold it");
}

/** Removes every assignment of `name`. Refuses if another value would change. */
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

/** Ways to write a value, best first, without quotes that it contains or that could pair up further down. */
function writings(value: string, quote: Assignment["quote"]): string[] {
  const isPlain = quote === "" && !/[\s#"'`]/.test(value);
  const quotes = [quote, '"', "'", "`"].filter((mark) => mark !== "" && !value.includes(mark));
  const marks = isPlain || value.endsWith("\\") ? ["", ...quotes] : [...quotes, ""];
  const usable = /^["'`]/.test(value) ? marks.filter((mark) => mark !== "") : marks;
  return [...new Set(usable)].map((mark) => mark + value + mark);
}

function appended(text: string, assignments: readonly Assignment[], line: string): string {
  const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
  const isOpen = text !== "" && text !== "\uFEFF" && !/[\n\r]$/.test(text);
  const allExported = assignments.length > 0 && assignments.every(({ exported }) => exported);
  return `${text}${isOpen ? eol : ""}${allExported ? "export " : ""}${line}${eol}`;
}

function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !"\n\r".includes(text[at - 1] as string)) at -= 1;
  // A byte order mark is not part of the first line.
  return at === 0 && text.startsWith("\uFEFF") ? 1 : at;
}

function pastLine(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !"\n\r".includes(text[at] as string)) at += 1;
  return text[at] === "\r" && text[at + 1] === "\n" ? at + 2 : Math.min(at + 1, text.length);
}
