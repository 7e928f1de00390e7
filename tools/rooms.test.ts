/** The map in docs/architecture.md is the tree: every folder is a room of it, and every import an arrow down. */

import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const TREE = [
  "app",
  "bench",
  "bin",
  "cli",
  "components",
  "e2e",
  "lib",
  "messages",
  "server",
  "tools",
];
/** For the rooms that draw pages or serve them alone. */
const FRAMEWORK = /^(?:react|react-dom|next|next-auth|next-intl)(?:\/|$)/u;
const DRAWS = ["app", "bench", "components", "server", "lib/i18n", "lib/sign-in"];
const MOST_FILES = 15;

interface Room {
  readonly name: string;
  readonly uses: readonly string[];
}

const rooms: readonly Room[] = readFileSync(join(ROOT, "docs/architecture.md"), "utf8")
  .split("\n")
  .flatMap((line) => {
    const [, name, uses] = /^\| `([^`]+)` +\|[^|]*\|([^|]*)\|$/u.exec(line) ?? [];
    if (name === undefined || uses === undefined) return [];
    return [{ name, uses: [...uses.matchAll(/`([^`]+)`/gu)].map(([, used = ""]) => atRoot(used)) }];
  });

function atRoot(name: string): string {
  return TREE.includes(name) ? name : `lib/${name}`;
}

const tests = /\.(?:test|spec|pictures)\.tsx?$|\/testing\//u;
const files = TREE.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map(
    (name) => `${folder}/${name}`,
  ),
).filter((name) => /\.(?:tsx?|mjs)$/u.test(name) && !tests.test(name));

/** The room with the longest name that the file lies in; a file of `lib` itself is a room of its own. */
function roomOf(file: string): string | null {
  const own = /^lib\/([^/.]+)\.ts$/u.exec(file);
  if (own) return `lib/${own[1]}`;
  const [room] = rooms
    .filter(({ name }) => file.startsWith(`${name}/`))
    .sort((a, b) => b.name.length - a.name.length);
  return room?.name ?? (file.startsWith("messages/") ? "messages" : null);
}

/** What a file imports, types and `import()` too: files by their place in the tree, packages by name. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(ROOT, file), "utf8"), true, true);
  return importedFiles.map(({ fileName }) => {
    if (fileName.startsWith("@/")) return fileName.slice(2);
    return fileName.startsWith(".") ? join(dirname(file), fileName) : fileName;
  });
}

const imports = files.flatMap((file) => importsOf(file).map((to) => ({ file, to })));
const isOurs = (to: string) => TREE.some((folder) => to.startsWith(`${folder}/`));
/** Imports often leave out the ending, which a room of a single file is told by. */
const roomOfImport = (to: string) => roomOf(/\.\w+$/u.test(to) ? to : `${to}.ts`);

test("the map has rooms", () => {
  expect(rooms.length).toBeGreaterThan(25);
  expect(imports.length).toBeGreaterThan(1000);
});

test("every room of the map is a folder", () => {
  expect(rooms.filter(({ name }) => !statSync(join(ROOT, name)).isDirectory())).toEqual([]);
});

test("every file lies in a room", () => {
  expect(files.filter((file) => roomOf(file) === null)).toEqual([]);
});

describe.each(rooms)("$name", ({ name, uses }) => {
  test("uses only rooms further down", () => {
    const below = rooms.slice(rooms.findIndex((room) => room.name === name) + 1);
    const known = [...below.map((room) => room.name), "messages", "lib/result", "lib/theme"];
    expect(uses.filter((used) => !known.includes(used))).toEqual([]);
  });

  test("imports what its row allows, and nothing else", () => {
    const wrong = imports.filter(({ file, to }) => {
      if (roomOf(file) !== name) return false;
      if (FRAMEWORK.test(to)) return !DRAWS.includes(name);
      const room = isOurs(to) ? roomOfImport(to) : name;
      return room !== name && !(room !== null && uses.includes(room));
    });
    expect(wrong).toEqual([]);
  });
});

test("no folder holds more files than one can take in", () => {
  const counts = new Map<string, number>();
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect(
    [...counts].filter(([name, count]) => count > MOST_FILES && name !== "e2e/releases"),
  ).toEqual([]);
});
