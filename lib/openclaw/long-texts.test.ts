/** Texts of others that are long and of one kind of character: work that grows with their square shows here. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unwrittenFor } from "@/lib/openclaw/command/doctor-words";
import { failureInLog } from "@/lib/openclaw/command/failure";
import { workTreeOf } from "@/lib/openclaw/places/git-work-tree";
import { toldPrefixes } from "@/lib/openclaw/program/command-directories";
import { readServiceVariables } from "@/lib/openclaw/service/variables";

/** What takes the square of the length takes many seconds for each of these; what does not, milliseconds. */
const LONG = 120_000;
const MOST_MS = 4000;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "long-texts-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(name: string, text: string): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function soon(work: () => unknown): void {
  const began = performance.now();
  work();
  expect(performance.now() - began).toBeLessThan(MOST_MS);
}

const services = () =>
  readServiceVariables({
    env: { HOME: root },
    home: root,
    stateDir: path.join(root, ".openclaw"),
    profile: null,
    root,
  });
const UNIT = ".config/systemd/user/openclaw-gateway.service";
const LIST = "Library/LaunchAgents/ai.openclaw.gateway.plist";
const DICT = "<key>EnvironmentVariables</key><dict>";

describe("a service's file", () => {
  it.each([
    ["of a Windows task, of empty lines", ".openclaw/gateway.cmd", "\n".repeat(LONG)],
    ["of a Windows task, of blanks", ".openclaw/gateway.cmd", `set A=${" ".repeat(LONG)}"b\n`],
    ["of systemd, of lines that go on", UNIT, `[Service]\n${"a\\\n".repeat(LONG)}`],
    ["of systemd, of blanks", UNIT, `[Service]\nA=${" ".repeat(LONG)}b\n`],
    ["of launchd, of names that do not end", LIST, `${DICT}${"<key>".repeat(LONG / 5)}</dict>`],
    ["of launchd, of comments that do not end", LIST, "<!--".repeat(LONG / 4)],
    ["of launchd, of lists that do not end", LIST, DICT.repeat(LONG / 30)],
  ])("%s", (_, name, text) => {
    put(name, text);
    soon(services);
  });

  it("of which there are any number", () => {
    for (let count = 0; count < 400; count += 1) {
      put(`.openclaw/service-env/${count}.env`, `NUMBER_${count}=1\n`);
    }
    expect(new Set(services().map(({ name }) => name)).size).toBeLessThan(300);
  });
});

it.each([
  ["empty lines", "\n".repeat(65_000)],
  ["blanks", `prefix=a${" ".repeat(65_000)}b`],
])("a .npmrc of %s", (_, text) => {
  put(".npmrc", text);
  soon(() => toldPrefixes({}, { platform: "linux", homedir: root }));
});

it.each([
  ["stars", `${"*".repeat(60)}x\n`],
  ["stars and folders", `${"**/".repeat(40)}x\n`],
  ["stars and marks", `${"?*".repeat(40)}x\n`],
  ["blanks", `a${" ".repeat(100_000)}b\n`],
])("an ignore list of %s", (_, text) => {
  put("tree/.git/HEAD", "");
  put("tree/.gitignore", text);
  const file = path.join(root, "tree/home/somebody/projects/of/many/folders/.openclaw/.env");
  soon(() => workTreeOf(file));
});

it.each([
  ["blanks", " ".repeat(LONG)],
  ["a message again and again", `Error: … ${"Ret".repeat(LONG / 3)}`],
  ["an error of blanks", `Error: a${" ".repeat(LONG)}b`],
])("what OpenClaw prints, of %s", (_, text) => {
  soon(() => failureInLog(text, []));
});

it.each([
  ["blanks", " ".repeat(LONG)],
  ["a list that does not end", "still fails validation. ".repeat(LONG / 24)],
])("what doctor prints, of %s", (_, text) => {
  soon(() => unwrittenFor(text));
});
