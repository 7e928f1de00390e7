/** Reads and replaces one variable of a `.env` file; every other byte stays. Syntax as in dotenv 16. */

const LINE =
  /^[\t ]*(?:export[\t ]+)?(?<name>[\w.-]+)[\t ]*=[\t ]*(?<value>"(?:\\.|[^"\\])*"|'[^']*'|`[^`]*`|[^#\r\n]*)?[\t ]*(?:#[^\r\n]*)?$/gmu;

/** Names with their effective values; of a name given twice, the last counts. */
export function readVariables(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { groups } of text.matchAll(LINE)) {
    if (groups?.["name"]) found.set(groups["name"], unquote(groups["value"]?.trim() ?? ""));
  }
  return found;
}

/** Replaces the value where the variable counts, or adds a line at the end in the file's own line ending. */
export function setVariable(text: string, name: string, value: string): string {
  if (readVariables(text).get(name) === value) return text;
  const last = [...text.matchAll(LINE)].filter(({ groups }) => groups?.["name"] === name).at(-1);
  const line = `${name}=${/^[\w./:+@%-]*$/u.test(value) ? value : `"${value.replace(/["\\]/gu, "\\$&")}"`}`;
  if (last) {
    const exported = /^[\t ]*export[\t ]/u.test(last[0]) ? "export " : "";
    const at = last.index;
    return `${text.slice(0, at)}${exported}${line}${text.slice(at + last[0].length)}`;
  }
  const ending = text.includes("\r\n") ? "\r\n" : "\n";
  const start = text === "" || text.endsWith("\n") ? "" : ending;
  return `${text}${start}${line}${ending}`;
}

/** Takes every line of the variable out, with its line ending. */
export function removeVariable(text: string, name: string): string {
  let kept = "";
  let from = 0;
  for (const match of text.matchAll(LINE)) {
    if (match.groups?.["name"] !== name) continue;
    kept += text.slice(from, match.index);
    const rest = text.slice(match.index + match[0].length);
    from = match.index + match[0].length + (/^\r?\n/u.exec(rest)?.[0].length ?? 0);
  }
  return kept + text.slice(from);
}

function unquote(value: string): string {
  const quote = value[0];
  if (
    value.length < 2 ||
    quote === undefined ||
    !"\"'`".includes(quote) ||
    !value.endsWith(quote)
  ) {
    return value;
  }
  const inner = value.slice(1, -1);
  return quote === '"' ? inner.replace(/\\n/gu, "\n").replace(/\\r/gu, "\r") : inner;
}
