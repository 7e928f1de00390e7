import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { type OwnedPath, ownerAdvice, ownerAdviceFor } from "@/lib/system/ownership";

const NAMES: Record<number, string> = { 0: "root", 1000: "ada", 1001: "bob" };

/** `/home/ada/.openclaw/openclaw.json` and the owners of its parts. */
function chain(home: number, state: number, file: number | null): OwnedPath[] {
  const part = (path: string, uid: number, isDirectory = true) => ({
    path,
    uid,
    gid: uid,
    isDirectory,
  });
  return [
    part("/home", 0),
    part("/home/ada", home),
    part("/home/ada/.openclaw", state),
    ...(file === null ? [] : [part("/home/ada/.openclaw/openclaw.json", file, false)]),
  ];
}

const back = "chown -hR ada:1000 /home/ada/.openclaw";

test.each<[string, OwnedPath[], number, object | null]>([
  [
    "root's file in one's folder",
    chain(1000, 1000, 0),
    1000,
    { kind: "give-back", user: "ada", command: `sudo ${back}` },
  ],
  [
    "root's folder in one's home",
    chain(1000, 0, null),
    1000,
    { kind: "give-back", user: "ada", command: `sudo ${back}` },
  ],
  [
    "root's file in somebody's folder, looked at by root",
    chain(1000, 1000, 0),
    0,
    { kind: "give-back-and-run-as", user: "ada", command: back },
  ],
  [
    "somebody's files, looked at by root",
    chain(1000, 1000, 1000),
    0,
    { kind: "run-as", user: "ada" },
  ],
  [
    "somebody's files, looked at by another",
    chain(1000, 1000, 1000),
    1001,
    { kind: "run-as", user: "ada" },
  ],
  ["root's file in another's folder", chain(1000, 1000, 0), 1001, { kind: "run-as", user: "ada" }],
  ["a third person's file", chain(1000, 1000, 1001), 1000, { kind: "run-as", user: "bob" }],
  ["one's own", chain(1000, 1000, 1000), 1000, null],
  ["root's own", chain(0, 0, 0), 0, null],
  ["root's own, looked at by somebody", chain(0, 0, 0), 1000, { kind: "run-as", user: "root" }],
  ["nothing", [], 1000, null],
])("%s", (_name, parts, me, advice) => {
  expect(ownerAdvice(parts, me, (uid) => NAMES[uid] ?? "")).toEqual(advice);
});

test.skipIf(process.geteuid?.() !== 0)(
  "finds what root left in a folder that is refused itself",
  () => {
    const home = mkdtempSync(path.join(tmpdir(), "owners-"));
    const state = path.join(home, "state");
    mkdirSync(state);
    writeFileSync(path.join(state, "openclaw.json"), "{}\n");
    for (const one of [home, state]) chownSync(one, 61_234, 61_234);
    const advice = ownerAdviceFor(state);
    chownSync(path.join(state, "openclaw.json"), 61_234, 61_234);
    const after = ownerAdviceFor(state);
    rmSync(home, { recursive: true });
    const command = `chown -hR 61234:61234 ${state}`;
    expect(advice).toEqual({ kind: "give-back-and-run-as", user: "61234", command });
    expect(after).toEqual({ kind: "run-as", user: "61234" });
  },
);
