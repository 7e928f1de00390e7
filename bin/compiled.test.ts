/** What one start compiled serves the next, and never in place of what the source says now. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const COMPILED = join(import.meta.dirname, "compiled.mjs");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "openclaw-setup-compiled-"));
  put("package.json", "{}");
  put("main.js", 'module.exports = [require("./part"), require.resolve("./part"), __filename];');
  put("part.js", "exports.says = () => 'one';");
});

afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, text: string | Buffer): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
}

/** A process that loads `main.js`: what it says, and where its modules came from. */
function start(use = "main[0].says()"): unknown {
  const program = `
    import { createRequire } from "node:module";
    import { keepCompiled } from ${JSON.stringify(COMPILED)};
    const end = keepCompiled(${JSON.stringify(join(folder, "kept"))});
    const main = createRequire(${JSON.stringify(join(folder, "x.js"))})("./main.js");
    const said = await (${use});
    console.log(JSON.stringify({ said, ...(await end()) }));`;
  const args = ["--input-type=module", "-e", program];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

const pack = () => join(folder, "kept", readdirSync(join(folder, "kept"))[0] ?? "");

test("the second start compiles nothing", () => {
  expect(start()).toEqual({ said: "one", taken: 0, made: 2 });
  expect(start()).toEqual({ said: "one", taken: 2, made: 0 });
  expect(start("main[1] + main[2]")).toMatchObject({
    said: `${join(folder, "part.js")}${join(folder, "main.js")}`,
    taken: 2,
  });
});

test("a source that changed is compiled again, even where its length is the same", () => {
  start();
  put("part.js", "exports.says = () => 'two';");
  expect(start()).toEqual({ said: "two", taken: 1, made: 1 });
  expect(start()).toEqual({ said: "two", taken: 2, made: 0 });
});

test("what was kept and got damaged is not used", () => {
  start();
  const bytes = readFileSync(pack());
  writeFileSync(pack(), bytes.fill(7, bytes.length - 300));
  expect(start()).toMatchObject({ said: "one" });
  writeFileSync(pack(), bytes.subarray(0, 100));
  expect(start()).toEqual({ said: "one", taken: 0, made: 2 });
  expect(start()).toEqual({ said: "one", taken: 2, made: 0 });
});

test("a module that imports can do so every time", () => {
  put("main.js", 'exports.import = () => import("./late.mjs");');
  put("late.mjs", "export const says = 'late';");
  for (let i = 0; i < 2; i += 1) {
    expect(start("main.import().then(({ says }) => says)")).toMatchObject({ said: "late" });
  }
});

test("an error in a source is told as always", () => {
  put("part.js", "exports.says = (;");
  expect(() => start()).toThrow(/part\.js:1[\s\S]*SyntaxError/u);
});
