/** Detects a state directory inside a git work tree, where a commit could include the key. */

import { existsSync } from "node:fs";
import path from "node:path";
import { readText } from "@/lib/system/read.mjs";

/** Null if a `.gitignore` covers the file. Reads without git, whose settings may run programs. */
export function workTreeOf(file: string): string | null {
  const dirs = ancestorsOf(file);
  const at = dirs.findLastIndex((dir) => existsSync(path.join(dir, ".git")));
  const root = dirs[at];
  if (root === undefined) return null;
  const lists = [
    { dir: root, text: readList(path.join(root, ".git", "info", "exclude")) },
    ...dirs.slice(at).map((dir) => ({ dir, text: readList(path.join(dir, ".gitignore")) })),
  ];
  // The last match counts, and nearer folders override outer ones.
  const verdicts = lists.flatMap(({ dir, text }) =>
    verdictsOn(path.relative(dir, file), text ?? ""),
  );
  return verdicts.at(-1) === true ? null : root;
}

/** A longer list counts as none, which warns. */
function readList(file: string): string | null {
  return readText(file, { largest: 128 * 1024 });
}

function ancestorsOf(file: string): string[] {
  const dir = path.dirname(file);
  return dir === file ? [] : [...ancestorsOf(dir), dir];
}

/** Whether each matching pattern ignores the file (gitignore(5)). */
function verdictsOn(relative: string, text: string): boolean[] {
  const parts = relative.split(path.sep);
  const own = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  return text.split(/\r?\n/u).flatMap((line): boolean[] => {
    const trimmed = withoutEnd(line);
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    const isBack = trimmed.startsWith("!");
    const pattern = trimmed.slice(isBack ? 1 : 0);
    const matcher = matcherFor(pattern.replace(/\/$/u, ""));
    const targets = pattern.endsWith("/") ? own.slice(0, -1) : own;
    return targets.some((target) => matcher.test(target)) ? [!isBack] : [];
  });
}

/** A blank after a backslash counts. */
function withoutEnd(line: string): string {
  const end = line.trimEnd();
  return end.endsWith("\\") ? line.slice(0, end.length + 1) : end;
}

/** Each multiplies the work, as somebody else's list may want. */
const MOST_WILDCARDS = 8;
const LONGEST_PATTERN = 2000;

function matcherFor(given: string): RegExp {
  const pattern = given.replace(/\*{3,}/gu, "**");
  const count = pattern.split(/[*?[]/u).length - 1;
  // An expression of a hundred thousand characters throws when it is used.
  if (count > MOST_WILDCARDS || pattern.length > LONGEST_PATTERN) return /(?!)/u;
  // A slash within binds the pattern to its folder.
  const isBound = pattern.includes("/");
  const body = pattern
    .replace(/^\//u, "")
    .split(/(\*\*\/|\/\*\*|\*|\?|\[[^\]]+\])/u)
    .map((part) => {
      if (part === "**/") return "(?:.*/)?";
      if (part === "/**") return "/.*";
      if (part === "*") return "[^/]*";
      if (part === "?") return "[^/]";
      if (/^\[.+\]$/u.test(part)) return part.replace(/^\[!/u, "[^").replaceAll("\\", "\\\\");
      return part.replace(/[.+^${}()|\\[\]]/gu, "\\$&");
    })
    .join("");
  try {
    return new RegExp(`^${isBound ? "" : "(?:.*/)?"}${body}$`, "u");
  } catch {
    return /(?!)/u;
  }
}
