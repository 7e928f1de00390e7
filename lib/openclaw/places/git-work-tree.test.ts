import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { workTreeOf } from "@/lib/openclaw/places/git-work-tree";

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), "git-")));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (name: string, text = "") => {
  mkdirSync(path.join(root, path.dirname(name)), { recursive: true });
  writeFileSync(path.join(root, name), text);
};

/** Whether the person is warned, with these ignore lists. */
function warned(lists: Readonly<Record<string, string>>): boolean {
  put("tree/.git/HEAD");
  put("tree/home/.openclaw/openclaw.json");
  for (const [name, text] of Object.entries(lists)) put(`tree/${name}`, text);
  const found = workTreeOf(path.join(root, "tree/home/.openclaw/.env"));
  if (found !== null) expect(found).toBe(path.join(root, "tree"));
  return found !== null;
}

test.each<[string, Record<string, string>, boolean]>([
  ["no list", {}, true],
  ["a list of other things", { ".gitignore": "# .env\nnode_modules/\n*.log\n.envrc\n" }, true],
  [".env", { ".gitignore": ".env\n" }, false],
  [".env*", { ".gitignore": ".env*\r\n" }, false],
  ["everything", { ".gitignore": "*\n" }, false],
  ["the folder", { ".gitignore": ".openclaw/\n" }, false],
  ["the folder from the root", { ".gitignore": "/home/.openclaw\n" }, false],
  ["a folder of that name elsewhere", { ".gitignore": "/.openclaw\n" }, true],
  ["any depth", { ".gitignore": "**/.env\n" }, false],
  ["a folder called .env", { ".gitignore": ".env/\n" }, true],
  ["taken back", { ".gitignore": ".env\n!.env\n" }, true],
  ["taken back nearer", { ".gitignore": ".env\n", "home/.gitignore": "!.env\n" }, true],
  ["a list in the state directory", { "home/.openclaw/.gitignore": "*\n" }, false],
  ["git's own exclude", { ".git/info/exclude": ".env\n" }, false],
  ["a broken pattern", { ".gitignore": "[z-a]\n" }, true],
])("%s: warned %j %s", (_name, lists, expected) => {
  expect(warned(lists)).toBe(expected);
});

test("no work tree is none, and a linked one is one", () => {
  put("a/.openclaw/.env");
  expect(workTreeOf(path.join(root, "a/.openclaw/.env"))).toBeNull();
  put("a/.git", "gitdir: /elsewhere\n");
  expect(workTreeOf(path.join(root, "a/.openclaw/.env"))).toBe(path.join(root, "a"));
});
