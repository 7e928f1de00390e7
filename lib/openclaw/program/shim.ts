/** Parses package managers' start scripts without running them. */

import path from "node:path";
import { readBeginning } from "@/lib/system/read.mjs";
import { splitWords } from "@/lib/system/shell-words";

export interface Shim {
  /** Absolute paths of JavaScript files and `openclaw` commands it may start, in order. */
  readonly targets: readonly string[];
  /** Nodes named in the script, in order; without an existing one, the PATH decides. */
  readonly nodes: readonly string[];
  /** It sets variables or arguments, so only the script itself starts OpenClaw correctly. */
  readonly hasOwnWays: boolean;
}

const MOST_BYTES = 32 * 1024;

/** Null if the file is no start script. */
export async function readShim(file: string): Promise<Shim | null> {
  const text = startOf(file);
  if (text === null || text.includes("\0")) return null;
  const windows = /\.(?:cmd|bat|ps1)$/i.test(file);
  if (!windows && !/^#!.*\b(?:sh|bash|dash|zsh)\b/.test(text)) return null;
  return parseShim(text, path.dirname(file), windows);
}

export async function isCompiled(file: string): Promise<boolean> {
  return startOf(file)?.includes("\0") ?? false;
}

export function parseShim(text: string, directory: string, windows: boolean): Shim {
  const targets: string[] = [];
  const nodes: string[] = [];
  let hasOwnWays = false;
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*(?:#|rem\b|::)/i.test(line)) continue;
    if (/(?:^|[\s"';(])(?:OPENCLAW|CLAWDBOT)_\w+=/.test(line)) hasOwnWays = true;
    const words = splitWords(line, { windows }).map((word) => placed(word, directory));
    for (const [index, word] of words.entries()) {
      if (word === null) continue;
      if (/[\\/]node(?:\.exe)?$/i.test(word) && /\.[cm]?js$/i.test(words[index + 1] ?? "")) {
        nodes.push(word);
      }
      // A program wrapped by Nix needs the variables set before it.
      const isSetAside = /[\\/]\.openclaw-wrapped_*$/.test(word);
      if (isSetAside) hasOwnWays = true;
      if (!isSetAside && !/(?:\.[cm]?js|[\\/]openclaw)$/i.test(word)) continue;
      if (!targets.includes(word)) targets.push(word);
      const next = splitWords(line, { windows })[index + 1];
      if (next?.startsWith("-")) hasOwnWays = true;
    }
  }
  return { targets, nodes, hasOwnWays };
}

/** Expands the shim's own directory; null unless absolute. */
function placed(word: string, directory: string): string | null {
  const own = /^(?:\$\{?basedir\w*\}?|%~?dp0%?|\$PSScriptRoot)[\\/]?(?<rest>.+)$/i.exec(word);
  const rest = own?.groups?.["rest"];
  if (rest !== undefined) return path.resolve(directory, rest.replaceAll("\\", path.sep));
  return path.isAbsolute(word) ? path.normalize(word) : null;
}

function startOf(file: string): string | null {
  return readBeginning(file, MOST_BYTES)?.toString("utf8") ?? null;
}
