/** Splits a config line into tokens by kind, for colouring. */

export type Language = "json5" | "dotenv";
/** `key`: a name; `text`: a string; `value`: a number, true or null; `note`: a comment. */
export type Look = "plain" | "key" | "text" | "value" | "note";

export interface Token {
  readonly text: string;
  readonly look: Look;
}

/** What a line starts inside: JSON5 comments and strings may span lines (sections 5.1 and 6). */
export type Inside = "nothing" | "comment" | '"' | "'";

const JSON5_TOKEN =
  /(?<note>\/\/.*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/|$))|(?<text>"(?:[^"\\]|\\.)*(?:"|\\?$)|'(?:[^'\\]|\\.)*(?:'|\\?$))|(?<value>[+-]?(?:[\d.][\w.+-]*|Infinity|NaN)|[\p{L}_$][\p{L}\p{N}_$]*)|\s+|[^\s"'/\p{L}\p{N}_$+.-]+|./gu;
const DOTENV_LINE = /^(\s*)(#.*)?(?:(export\s+)?([\w.-]+)(\s*=\s*)([^#\r]*)(.*))?$/u;
const REST: Readonly<Record<Exclude<Inside, "nothing">, RegExp>> = {
  comment: /^(?:[^*]|\*(?!\/))*(?:\*\/|$)/u,
  '"': /^(?:[^"\\]|\\.)*(?:"|\\?$)/u,
  "'": /^(?:[^'\\]|\\.)*(?:'|\\?$)/u,
};

/** The tokens' texts join to the line, without its ending. */
export function highlight(line: string, language: Language, inside: Inside = "nothing"): Token[] {
  return (language === "dotenv" ? dotenvTokens(line) : json5Tokens(line, inside)).filter(
    ({ text }) => text !== "",
  );
}

/** Null if every line starts outside comments and strings. */
export function linesInside(lines: readonly string[], language: Language): Inside[] | null {
  if (language === "dotenv") return null;
  if (!lines.some((line) => line.includes("/*") || line.endsWith("\\"))) return null;
  let inside: Inside = "nothing";
  return lines.map((line) => {
    const begins = inside;
    inside = insideAfter(json5Tokens(line, inside).at(-1), inside);
    return begins;
  });
}

function insideAfter(last: Token | undefined, before: Inside): Inside {
  // An empty line ends nothing.
  if (last === undefined || last.text === "") return before;
  if (last.look === "note") {
    const block = last.text.startsWith("/*") || before === "comment";
    return block && !last.text.endsWith("*/") ? "comment" : "nothing";
  }
  const goesOn = last.look === "text" && /(?:^|[^\\])(?:\\\\)*\\$/u.test(last.text);
  if (!goesOn) return "nothing";
  return last.text.startsWith("'") || before === "'" ? "'" : '"';
}

function json5Tokens(line: string, inside: Inside): Token[] {
  const rest = inside === "nothing" ? "" : (REST[inside].exec(line)?.[0] ?? "");
  const tokens: Token[] = [];
  if (rest !== "") tokens.push({ text: rest, look: inside === "comment" ? "note" : "text" });
  const code = line.slice(rest.length);
  for (const match of code.matchAll(JSON5_TOKEN)) {
    const [text] = match;
    const { note, text: string, value } = match.groups ?? {};
    const named =
      (string ?? value) !== undefined && /^\s*:/u.test(code.slice(match.index + text.length));
    const look = note ? "note" : named ? "key" : string ? "text" : value ? "value" : "plain";
    tokens.push({ text, look });
  }
  return tokens;
}

function dotenvTokens(line: string): Token[] {
  const parts = DOTENV_LINE.exec(line);
  if (!parts) return [{ text: line, look: "plain" }];
  const [, space = "", note = "", exported = "", name = "", equals = "", value = "", end = ""] =
    parts;
  return [
    { text: space, look: "plain" },
    { text: note, look: "note" },
    { text: exported, look: "plain" },
    { text: name, look: "key" },
    { text: equals, look: "plain" },
    { text: value, look: "text" },
    { text: end, look: "note" },
  ];
}
