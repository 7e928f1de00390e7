/** Reads the environment of systemd units, by systemd.syntax(7) and systemd.exec(5). */

export interface UnitSettings {
  readonly environment: ReadonlyArray<{
    readonly name: string;
    readonly value: string;
    readonly file: string;
  }>;
  readonly environmentFiles: readonly string[];
  readonly unset: ReadonlySet<string>;
  readonly command: readonly string[];
}

/** Of files; no unit names a tenth. */
const MOST = 100;

/** The unit comes first, then its drop-ins in order. `home` replaces `%h`. Pure. */
export function unitSettings(
  files: ReadonlyArray<{ readonly file: string; readonly text: string }>,
  home: string,
): UnitSettings {
  const environment: Array<UnitSettings["environment"][number]> = [];
  const environmentFiles = new Set<string>();
  const unset = new Set<string>();
  let command: readonly string[] = [];
  const expand = (text: string) => text.replace(/%[%h]/gu, (one) => (one === "%%" ? "%" : home));
  for (const { file, text } of files) {
    for (const [key, value] of serviceLines(text)) {
      // An empty assignment resets the list.
      if (key === "Environment") {
        if (value === "") environment.length = 0;
        for (const word of words(value)) {
          const [, name, set] = /^([A-Za-z_]\w*)=(.*)$/su.exec(word) ?? [];
          if (name !== undefined) environment.push({ name, value: expand(set ?? ""), file });
        }
      } else if (key === "EnvironmentFile") {
        if (value === "") environmentFiles.clear();
        const named = expand(value.replace(/^-/u, ""));
        if (named.startsWith("/") && !/[*?[]/u.test(named)) environmentFiles.add(named);
      } else if (key === "UnsetEnvironment") {
        if (value === "") unset.clear();
        for (const word of words(value)) unset.add(word.split("=")[0] ?? "");
      } else if (key === "ExecStart") {
        command = words(value).map((word) => expand(word.replace(/^[-@:+!]+/u, "")));
      }
    }
  }
  return { environment, environmentFiles: [...environmentFiles].slice(0, MOST), unset, command };
}

/** Entries of `[Service]`, with continued lines joined. */
function serviceLines(text: string): Array<readonly [key: string, value: string]> {
  const lines: Array<readonly [string, string]> = [];
  let section = "";
  let open: string[] = [];
  for (const raw of text.split(/\r?\n/u)) {
    // A comment does not end a continued line.
    if (/^\s*[#;]/u.test(raw)) continue;
    if (raw.endsWith("\\")) {
      open.push(raw.slice(0, -1));
      continue;
    }
    const line = [...open, raw].join(" ");
    open = [];
    section = /^\s*\[(?<name>[^\]]*)\]/u.exec(line)?.groups?.["name"] ?? section;
    const [, key, value = ""] = /^\s*(\w+)\s*=(.*)$/su.exec(line) ?? [];
    if (section === "Service" && key !== undefined) lines.push([key, value.trim()]);
  }
  return lines;
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", s: " " };

function words(text: string): string[] {
  const found: string[] = [];
  let word = "";
  let quote = "";
  let isOpen = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === "\\" && quote !== "'" && at + 1 < text.length) {
      at += 1;
      const next = text[at] as string;
      word += ESCAPES[next] ?? next;
      isOpen = true;
    } else if (quote !== "") {
      if (char === quote) quote = "";
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      isOpen = true;
    } else if (/\s/u.test(char)) {
      if (isOpen) found.push(word);
      word = "";
      isOpen = false;
    } else {
      word += char;
      isOpen = true;
    }
  }
  return isOpen ? [...found, word] : found;
}
