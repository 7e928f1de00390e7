import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  LARGEST_FILE,
  readBeginning,
  readBytes,
  readFound,
  readNeeded,
  readText,
  visitParts,
} from "@/lib/system/read.mjs";

let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "read-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(process.platform === "win32")("what is no file", () => {
  it.each([
    ["a fifo", () => void execFileSync("mkfifo", [at("odd")])],
    [
      "a link to a fifo",
      () => {
        execFileSync("mkfifo", [at("fifo")]);
        symlinkSync("fifo", at("odd"));
      },
    ],
    ["an endless device", () => symlinkSync("/dev/zero", at("odd"))],
    ["a terminal", () => symlinkSync("/dev/tty", at("odd"))],
    ["a folder", () => symlinkSync(folder, at("odd"))],
  ])("%s is not waited for and holds nothing", async (_, make) => {
    make();
    expect(readFound(at("odd")).kind).toBe("other");
    expect(readText(at("odd"))).toBeNull();
    expect(readBeginning(at("odd"), 10)).toBeNull();
    expect(await visitParts(at("odd"), 10, () => true)).toBe(false);
    expect(() => readNeeded(at("odd"))).toThrow("not a file");
  });

  it("a socket neither", async () => {
    const server = createServer().listen(at("odd"));
    await new Promise((resolve) => server.once("listening", resolve));
    expect(readFound(at("odd")).kind).toBe("other");
    await new Promise((resolve) => server.close(resolve));
  });
});

describe("a file", () => {
  it("of 1.9 GB takes no memory", () => {
    writeFileSync(at("large"), "");
    truncateSync(at("large"), 1.9e9);
    const before = process.memoryUsage().rss;
    expect(readFound(at("large")).kind).toBe("too-large");
    expect(readBeginning(at("large"), 4)).toEqual(Buffer.alloc(4));
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it("may be as large as is said, and no larger", () => {
    writeFileSync(at("file"), "12345");
    expect(readText(at("file"), { largest: 5 })).toBe("12345");
    expect(readText(at("file"), { largest: 4 })).toBeNull();
    writeFileSync(at("file"), Buffer.alloc(LARGEST_FILE));
    expect(readBytes(at("file"))?.length).toBe(LARGEST_FILE);
  });

  it("behind a link is read only where a link may be", () => {
    writeFileSync(at("file"), "text");
    symlinkSync("file", at("link"));
    expect(readText(at("link"))).toBe("text");
    expect(readText(at("link"), { links: "refuse" })).toBeNull();
  });

  it("whose size the system does not tell is read to its end", () => {
    expect(readText("/proc/self/status")).toMatch(/^Name:/u);
  });

  it("that is not there is told apart", () => {
    expect(readFound(at("none"))).toEqual({ kind: "absent" });
    expect(readBytes(at("none"))).toBeNull();
  });
});
