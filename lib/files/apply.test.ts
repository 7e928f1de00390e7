import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyTransaction, foreseenRefusal } from "@/lib/files/apply";
import {
  change,
  codeOf,
  makeTemporaryFolder,
  run,
  tree,
  unwrap,
} from "@/lib/files/testing/harness";
import type { FileChange } from "@/lib/files/types";

let base: string;
let root: string;
let config: string;
let env: string;

beforeEach(() => {
  base = makeTemporaryFolder();
  root = join(base, "state");
  mkdirSync(root, { mode: 0o700 });
  config = join(root, "openclaw.json");
  env = join(root, ".env");
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const apply = (changes: FileChange[], allowedRoots: string[] = []) =>
  applyTransaction(changes, { root, allowedRoots, label: "test" });

/** Applies what must be refused and was foreseen so, and checks that nothing on the disk has changed. */
async function refusal(changes: FileChange[], allowedRoots: string[] = []) {
  const before = tree(base);
  const foreseen = await foreseenRefusal(changes, { root, allowedRoots });
  const result = await apply(changes, allowedRoots);
  expect(tree(base)).toEqual(before);
  expect(existsSync(join(root, ".openclaw-setup"))).toBe(false);
  expect(foreseen).toEqual(result.ok ? null : result.error);
  return result.ok ? "ok" : result.error;
}

async function refusalCode(changes: FileChange[], allowedRoots: string[] = []) {
  const refused = await refusal(changes, allowedRoots);
  return refused === "ok" ? refused : refused.code;
}

const put = (path: string, text: string, mode = 0o600) => {
  writeFileSync(path, text);
  chmodSync(path, mode);
};

describe("what a transaction writes", () => {
  it("creates, replaces and removes files together and leaves nothing else", async () => {
    put(config, "{old}");
    put(join(root, "retired.json"), "secret");
    const done = unwrap(
      await apply([
        change(config, "{old}", "{new}"),
        change(env, null, "KEY=1\n"),
        change(join(root, "retired.json"), "secret", null),
      ]),
    );
    expect(tree(root)).toEqual({ ".env": "600 KEY=1\n", "openclaw.json": "600 {new}" });
    expect(done.files.map(({ path, created }) => ({ path, created }))).toEqual([
      { path: config, created: false },
      { path: env, created: true },
      { path: join(root, "retired.json"), created: false },
    ]);
    expect(done.files.map(({ backup }) => backup && readFileSync(backup, "utf8"))).toEqual([
      "{old}",
      null,
      "secret",
    ]);
  });

  it("keeps every byte, also those that are no text", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    unwrap(await apply([{ path: config, before: null, after: bytes, mode: 0o600 }]));
    expect(new Uint8Array(readFileSync(config))).toEqual(bytes);
    unwrap(await apply([{ path: config, before: bytes, after: new Uint8Array(), mode: 0o600 }]));
    expect(readFileSync(config).length).toBe(0);
  });

  it("creates the state directory and missing folders for their owner alone", async () => {
    const deep = join(root, "agents", "main", "agent", "auth-profiles.json");
    rmSync(root, { recursive: true });
    unwrap(await apply([change(deep, null, "{}"), change(env, null, "K=1")]));
    expect(tree(base)).toMatchObject({
      state: "700 folder",
      "state/agents": "700 folder",
      "state/agents/main": "700 folder",
      "state/agents/main/agent": "700 folder",
      "state/agents/main/agent/auth-profiles.json": "600 {}",
    });
  });

  it("never loosens a mode, tightens when asked, and ignores the umask", async () => {
    put(config, "a", 0o600);
    put(env, "b", 0o644);
    const umask = process.umask(0o777);
    try {
      unwrap(
        await apply([
          change(config, "a", "A", 0o644),
          change(env, "b", "B", 0o600),
          change(join(root, "new"), null, "C", 0o4640),
          change(join(root, "sub", "file"), null, "D", 0o600),
        ]),
      );
    } finally {
      process.umask(umask);
    }
    expect(tree(root)).toEqual({
      ".env": "600 B",
      new: "640 C",
      "openclaw.json": "600 A",
      sub: "700 folder",
      "sub/file": "600 D",
    });
  });

  it("leaves folders that exist as they are", async () => {
    chmodSync(root, 0o750);
    unwrap(await apply([change(env, null, "K=1")]));
    expect(statSync(root).mode & 0o777).toBe(0o750);
  });

  it("keeps journal, backups and folders closed to others", async () => {
    put(config, "a", 0o644);
    mkdirSync(join(root, ".openclaw-setup"), { mode: 0o755 });
    const umask = process.umask(0);
    try {
      unwrap(await apply([change(config, "a", "b", 0o644)]));
    } finally {
      process.umask(umask);
    }
    const kept = tree(join(root, ".openclaw-setup"));
    const modes = Object.entries(kept).map(([name, entry]) => `${name} ${entry.slice(0, 3)}`);
    expect(modes.length).toBeGreaterThan(4);
    for (const line of modes) expect(line).toMatch(/ (600|700)$/);
    expect(statSync(join(root, ".openclaw-setup")).mode & 0o777).toBe(0o700);
  });

  it("writes no file's content into the journal", async () => {
    put(env, "OPENAI_API_KEY=canary-old");
    const done = unwrap(
      await apply([change(env, "OPENAI_API_KEY=canary-old", "OPENAI_API_KEY=canary-new")]),
    );
    const folder = join(root, ".openclaw-setup", "transactions", done.id);
    expect(readdirSync(folder).sort()).toEqual(["0.before", "done.json"]);
    const journal = readFileSync(join(folder, "done.json"), "utf8");
    expect(journal).not.toContain("canary");
    expect(journal).not.toContain(Buffer.from("canary").toString("base64").slice(0, 7));
  });

  it("leaves out what is already as asked, but still checks it", async () => {
    put(config, "same");
    const done = unwrap(await apply([change(config, "same", "same"), change(env, null, null)]));
    expect(done.files).toEqual([]);
    const inode = statSync(config).ino;
    const mixed = unwrap(await apply([change(config, "same", "same"), change(env, null, "K")]));
    expect(mixed.files.map(({ path }) => path)).toEqual([env]);
    expect(statSync(config).ino).toBe(inode);
    expect(codeOf(await apply([change(config, "other", "other")]))).toBe("changed-since-preview");
  });

  it("changes a mode alone", async () => {
    put(config, "same", 0o644);
    const done = unwrap(await apply([change(config, "same", "same", 0o600)]));
    expect(done.files.length).toBe(1);
    expect(tree(root)).toEqual({ "openclaw.json": "600 same" });
  });

  it("accepts an empty list and a state directory behind a link", async () => {
    expect(unwrap(await apply([])).files).toEqual([]);
    const link = join(base, "link");
    symlinkSync(root, link);
    const viaLink = join(link, ".env");
    const done = unwrap(
      await applyTransaction([change(viaLink, null, "K")], { root: link, label: "test" }),
    );
    expect(done.files[0]?.path).toBe(viaLink);
    expect(readFileSync(env, "utf8")).toBe("K");
    // The same by the real path, while the root is named by the link.
    unwrap(await applyTransaction([change(env, "K", "L")], { root: link, label: "test" }));
    expect(readFileSync(env, "utf8")).toBe("L");
  });

  it("writes outside the state directory only where that is allowed", async () => {
    const other = join(base, "other");
    mkdirSync(other);
    const file = join(other, "deep", "file.json");
    expect(await refusalCode([change(file, null, "x")])).toBe("path-escapes");
    unwrap(await apply([change(file, null, "x")], [other]));
    expect(readFileSync(file, "utf8")).toBe("x");
  });

  it("gives ids that sort by age and serve as file names", async () => {
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      const before = count === 0 ? null : String(count - 1);
      ids.push(unwrap(await apply([change(config, before, String(count))])).id);
    }
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^[0-9a-z-]+$/);
  });
});

describe("a file that changed since the preview", () => {
  it.each([
    ["other bytes", "new bytes", "old bytes"],
    ["gone", null, "was there"],
    ["there although it should not be", "now there", null],
    ["same length, other bytes", "abcd", "abce"],
  ])("refuses: %s", async (_, present, before) => {
    put(config, "untouched");
    if (present !== null) put(env, present);
    const code = await refusalCode([
      change(config, "untouched", "new"),
      change(env, before, "newer"),
    ]);
    expect(code).toBe("changed-since-preview");
  });

  it("names the file as the person knows it", async () => {
    put(env, "x");
    symlinkSync(env, join(root, "alias"));
    const alias = join(root, "alias");
    expect(await refusal([change(alias, "y", "z")])).toMatchObject({ path: alias });
  });
});

describe("paths", () => {
  it("refuses what lies outside, in any spelling", async () => {
    put(join(base, "outside"), "x");
    mkdirSync(join(root, "sub"));
    for (const path of [
      join(base, "outside"),
      `${root}/../outside`,
      `${root}/sub/../../outside`,
      `${root}/sub/../openclaw.json`,
      `${root}-evil/openclaw.json`,
      "openclaw.json",
      "",
      root,
      `${root}/`,
      `${root}/x\0y`,
      join(root, ".openclaw-setup", "transactions", "x"),
      join(root, ".OpenClaw-Setup", "x"),
    ])
      expect(await refusalCode([change(path, null, "x")]), path).toBe("path-escapes");
  });

  it("refuses a root that is not absolute", async () => {
    const done = await applyTransaction([], { root: "relative", label: "test" });
    expect(codeOf(done)).toBe("path-escapes");
  });

  it("refuses names and paths that are too long", async () => {
    expect(await refusalCode([change(join(root, "n".repeat(256)), null, "x")])).toBe(
      "name-too-long",
    );
    const deep = join(root, ...Array.from({ length: 30 }, () => "d".repeat(200)), "file");
    expect(await refusalCode([change(deep, null, "x")])).toBe("name-too-long");
  });

  it("accepts the longest name there is", async () => {
    unwrap(await apply([change(join(root, "n".repeat(255)), null, "x")]));
    expect(readFileSync(join(root, "n".repeat(255)), "utf8")).toBe("x");
  });

  it("refuses one file under two names", async () => {
    put(config, "a");
    symlinkSync("openclaw.json", join(root, "alias"));
    const twice = [change(config, "a", "b"), change(join(root, "alias"), "a", "c")];
    expect(await refusalCode(twice)).toBe("same-file-twice");
    const nested = [change(join(root, "x"), null, "b"), change(join(root, "x", "y"), null, "c")];
    expect(await refusalCode(nested)).toBe("not-a-regular-file");
  });

  it("refuses a file too large to be one of ours", async () => {
    writeFileSync(config, Buffer.alloc(9 * 1024 * 1024));
    expect(await refusalCode([change(config, "a", "b")])).toBe("too-large");
    const after = new Uint8Array(9 * 1024 * 1024);
    expect(await refusalCode([{ path: env, before: null, after, mode: 0o600 }])).toBe("too-large");
  });
});

describe("symbolic links", () => {
  it("writes through links that stay inside and keeps the links", async () => {
    mkdirSync(join(root, "real"));
    put(join(root, "real", "config"), "a");
    symlinkSync(join(root, "real"), join(root, "linked"));
    symlinkSync("linked/config", config);
    unwrap(await apply([change(config, "a", "b"), change(join(root, "linked", "n"), null, "c")]));
    expect(tree(root)).toEqual({
      linked: `777 -> ${join(root, "real")}`,
      "openclaw.json": "777 -> linked/config",
      real: `${(statSync(join(root, "real")).mode & 0o777).toString(8)} folder`,
      "real/config": "600 b",
      "real/n": "600 c",
    });
  });

  it("creates the missing file that a link inside names", async () => {
    symlinkSync("elsewhere", config);
    unwrap(await apply([change(config, null, "b")]));
    expect(readlinkSync(config)).toBe("elsewhere");
    expect(readFileSync(join(root, "elsewhere"), "utf8")).toBe("b");
  });

  it("refuses links that lead outside: file, folder, missing file, chain, back and forth", async () => {
    const outside = join(base, "outside");
    mkdirSync(outside);
    put(join(outside, "file"), "a");
    symlinkSync(join(outside, "file"), join(root, "file"));
    symlinkSync("../outside", join(root, "folder"));
    symlinkSync(join(outside, "nothing"), join(root, "missing"));
    symlinkSync("file", join(root, "chain"));
    for (const [path, before] of [
      [join(root, "file"), "a"],
      [join(root, "folder", "file"), "a"],
      [join(root, "missing"), null],
      [join(root, "folder", "new", "deep"), null],
      [join(root, "chain"), "a"],
    ] as const)
      expect(await refusalCode([change(path, before, "b")]), path).toBe("symlink-outside");
    // The same link is fine where the other folder may be written to.
    unwrap(await apply([change(join(root, "file"), "a", "b")], [outside]));
    expect(readFileSync(join(outside, "file"), "utf8")).toBe("b");
  });

  it("refuses loops and links through nothing", async () => {
    symlinkSync("b", join(root, "a"));
    symlinkSync("a", join(root, "b"));
    expect(await refusalCode([change(join(root, "a"), null, "x")])).toBe("symlink-loop");
    symlinkSync("nothing/../openclaw.json", join(root, "c"));
    expect(await refusalCode([change(join(root, "c"), null, "x")])).toBe("path-escapes");
  });

  it("refuses a private folder that is a link, or somebody's file", async () => {
    mkdirSync(join(base, "elsewhere"));
    symlinkSync(join(base, "elsewhere"), join(root, ".openclaw-setup"));
    expect(codeOf(await apply([change(env, null, "x")]))).toBe("symlink-outside");
    expect(readdirSync(join(base, "elsewhere"))).toEqual([]);
    rmSync(join(root, ".openclaw-setup"));
    put(join(root, ".openclaw-setup"), "mine");
    expect(codeOf(await apply([change(env, null, "x")]))).toBe("not-a-regular-file");
    expect(existsSync(env)).toBe(false);
  });
});

describe("things that are not plain files of one name", () => {
  it("refuses hard links", async () => {
    put(config, "a");
    linkSync(config, join(base, "second-name"));
    expect(await refusalCode([change(config, "a", "b")])).toBe("hard-linked");
    expect(await refusalCode([change(config, "a", null)])).toBe("hard-linked");
  });

  it("refuses folders, fifos and sockets without waiting on them", async () => {
    mkdirSync(config);
    expect(await refusalCode([change(config, null, "b")])).toBe("not-a-regular-file");
    expect(await refusalCode([change(config, "a", null)])).toBe("not-a-regular-file");
    const fifo = join(root, "fifo");
    run("mkfifo", fifo);
    expect(await refusalCode([change(fifo, "", "b")])).toBe("not-a-regular-file");
    expect(lstatSync(fifo).isFIFO()).toBe(true);
  });

  it("refuses a file where a folder is needed", async () => {
    put(config, "a");
    const below = join(config, "file");
    expect(await refusalCode([change(below, null, "b")])).toBe("not-a-regular-file");
  });

  it("refuses devices", async () => {
    const path = "/dev/null";
    const done = await applyTransaction([change(path, "", "b")], {
      root,
      allowedRoots: ["/dev"],
      label: "test",
    });
    expect(codeOf(done)).toBe("not-a-regular-file");
    expect(lstatSync(path).isCharacterDevice()).toBe(true);
  });

  it("refuses a file its owner made read-only", async () => {
    put(config, "a", 0o400);
    expect(await refusalCode([change(config, "a", "b")])).toBe("not-writable");
  });
});

describe("backups", () => {
  it("keeps those of the newest ten transactions and nobody else's file", async () => {
    const transactions = join(root, ".openclaw-setup", "transactions");
    put(config, "start");
    const first = unwrap(await apply([change(config, "start", "0")]));
    const foreign = join(transactions, first.id, "my-notes.txt");
    writeFileSync(foreign, "keep me");
    const note = join(transactions, "README");
    writeFileSync(note, "keep me too");
    const ids: string[] = [first.id];
    for (let count = 1; count <= 14; count += 1)
      ids.push(unwrap(await apply([change(config, String(count - 1), String(count))])).id);
    expect(readFileSync(foreign, "utf8")).toBe("keep me");
    expect(readFileSync(note, "utf8")).toBe("keep me too");
    expect(readdirSync(join(transactions, first.id))).toEqual(["my-notes.txt"]);
    const left = readdirSync(transactions)
      .filter((name) => name !== "README")
      .sort();
    expect(left).toEqual([first.id, ...ids.slice(-10)]);
  });
});
