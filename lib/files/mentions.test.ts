import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fileMentions } from "@/lib/files/mentions";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "mentions-"));
});
afterAll(() => rm(dir, { recursive: true }));

it.each([
  ["at the start", 0],
  ["over the end of a piece", (1 << 20) - 5],
  ["far behind", (1 << 20) * 2 + 77],
])("finds a text %s among bytes that are no text", async (_, offset) => {
  const bytes = Buffer.alloc(3 << 20, 0xfe);
  bytes.write("openai:setup-key", offset, "latin1");
  const file = path.join(dir, "store.sqlite");
  await writeFile(file, bytes);
  expect(await fileMentions(file, "openai:setup-key")).toBe(true);
  expect(await fileMentions(file, "openai:other-key")).toBe(false);
});

it("finds nothing in a file that is not there, or is a directory", async () => {
  expect(await fileMentions(path.join(dir, "none"), "openai:setup-key")).toBe(false);
  expect(await fileMentions(dir, "openai:setup-key")).toBe(false);
});
