import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readFileState } from "@/lib/files/read-file-state";
import {
  buildWorker,
  codeOf,
  isRoot,
  makeTemporaryFolder,
  run,
  runWorker,
  unwrap,
} from "@/lib/files/testing/harness";

let folder: string;

beforeEach(() => {
  folder = makeTemporaryFolder();
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);

it("reads bytes, mode and digest, through links too", async () => {
  writeFileSync(at("file"), "abc", { mode: 0o640 });
  symlinkSync("file", at("link"));
  for (const path of [at("file"), at("link")]) {
    const state = unwrap(await readFileState(path));
    expect(Buffer.from(state.bytes ?? []).toString()).toBe("abc");
    expect(state).toMatchObject({
      path,
      mode: 0o640,
      // FIPS 180-2, appendix B.1.
      sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    });
  }
});

it("takes a missing file, folder or link target as a state", async () => {
  symlinkSync("nothing", at("dangling"));
  for (const path of [at("file"), at("no/such/folder"), at("dangling")])
    expect(unwrap(await readFileState(path))).toEqual({
      path,
      bytes: null,
      mode: null,
      sha256: null,
    });
});

it("refuses what is no plain file, without waiting", async () => {
  run("mkfifo", at("fifo"));
  symlinkSync("fifo", at("link"));
  mkdirSync(at("folder"));
  writeFileSync(at("file"), "");
  symlinkSync("file/below", at("link-below"));
  const below = [at("file/below"), at("file/far/below"), at("link-below")];
  for (const path of [at("fifo"), at("link"), at("folder"), "/dev/zero", ...below])
    expect(codeOf(await readFileState(path)), path).toBe("not-a-regular-file");
});

it("refuses loops, long names, null characters and large files", async () => {
  symlinkSync("loop", at("loop"));
  writeFileSync(at("limit"), Buffer.alloc(8 * 1024 * 1024));
  writeFileSync(at("large"), Buffer.alloc(8 * 1024 * 1024 + 1));
  expect(codeOf(await readFileState(at("loop")))).toBe("symlink-loop");
  expect(codeOf(await readFileState(at("n".repeat(256))))).toBe("name-too-long");
  expect(codeOf(await readFileState(at("a\0b")))).toBe("path-escapes");
  expect(codeOf(await readFileState(at("limit")))).toBe("ok");
  expect(codeOf(await readFileState(at("large")))).toBe("too-large");
});

it.skipIf(!isRoot)(
  "refuses what may not be read (needs the right to become another user)",
  async () => {
    const worker = await buildWorker();
    try {
      writeFileSync(at("file"), "abc", { mode: 0o600 });
      const state = await runWorker(worker, { do: "read", path: at("file") }, { uid: 12345 });
      expect(codeOf(state)).toBe("not-readable");
    } finally {
      worker.remove();
    }
  },
);
