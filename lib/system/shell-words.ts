/** Splits command lines of wrapper scripts, and quotes words for display. */

export function quoteForShell(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

export function shellCommand(words: readonly string[]): string {
  return words.map(quoteForShell).join(" ");
}

/** Handles start scripts of package managers (`windows`: batch files), not the whole shell language. */
export function splitWords(line: string, options: { windows: boolean }): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] as string;
    if (quote !== "") {
      if (char === quote) quote = "";
      else if (isEscape(line, at, quote, options.windows)) word = (word ?? "") + line[++at];
      else word = (word ?? "") + char;
    } else if (char === '"' || (char === "'" && !options.windows)) {
      quote = char;
      word ??= "";
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else if (char === "\\" && !options.windows && at + 1 < line.length) {
      word = (word ?? "") + line[++at];
    } else {
      word = (word ?? "") + char;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

function isEscape(line: string, at: number, quote: string, windows: boolean): boolean {
  return !windows && quote === '"' && line[at] === "\\" && /["\\$`]/.test(line[at + 1] ?? "");
}
