/** A state directory inside somebody's git work tree: a commit of everything would take the key in `.env` along. */

import { existsSync } from "node:fs";
import path from "node:path";
import { readText } from "@/lib/system/read.mjs";

/**
 * The root of the work tree that holds a file, where no ignore list of it names the file; null where there is no work
 * tree, or one does. Read without git, whose settings may run programs. A list of the user's own is not looked at.
 */
export function workTreeOf(file: string): string | null {
  const dirs = ancestorsOf(file);
  const at = dirs.findLastIndex((dir) => existsSync(path.join(dir, ".git")));
  const root = dirs[at];
  if (root === undefined) return null;
  const lists = [
    { dir: root, text: readText(path.join(root, ".git", "info", "exclude")) },
    ...dirs.slice(at).map((dir) => ({ dir, text: readText(path.join(dir, ".gitignore")) })),
  ];
  // The last pattern that matches counts, and one of a nearer folder after those above.
  const verdicts = lists.flatMap(({ dir, text }) =>
    verdictsOn(path.relative(dir, file), text ?? ""),
  );
  return verdicts.at(-1) === true ? null : root;
}

/** From the outermost. */
function ancestorsOf(file: string): string[] {
  const dir = path.dirname(file);
  return dir === file ? [] : [...ancestorsOf(dir), dir];
}

/** For each pattern that matches the file or a folder above it, whether it ignores it (gitignore(5)). */
function verdictsOn(relative: string, text: string): boolean[] {
  const parts = relative.split(path.sep);
  const own = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  return text.split(/\r?\n/u).flatMap((line): boolean[] => {
    const trimmed = line.replace(/(?<!\\)\s+$/u, "");
    if (trimmed === "" || trimmed.startsWith("#")) return [];
    const isBack = trimmed.startsWith("!");
    const pattern = trimmed.slice(isBack ? 1 : 0);
    const matcher = matcherFor(pattern.replace(/\/$/u, ""));
    const targets = pattern.endsWith("/") ? own.slice(0, -1) : own;
    return targets.some((target) => matcher.test(target)) ? [!isBack] : [];
  });
}

function matcherFor(pattern: string): RegExp {
  // A slash inside binds the pattern to the folder of its list.
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
