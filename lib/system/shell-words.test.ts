import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shellCommand, splitWords } from "@/lib/system/shell-words";

const word = fc
  .string({ unit: "binary" })
  .filter((text) => !text.includes("\0") && isWellFormed(text));

function isWellFormed(text: string): boolean {
  return Buffer.from(text, "utf8").toString("utf8") === text;
}

describe("shellCommand", () => {
  it("leaves plain words and quotes the others", () => {
    expect(shellCommand(["openclaw", "--profile", "dev1", "a b", "it's", "$HOME", ""])).toBe(
      `openclaw --profile dev1 'a b' 'it'\\''s' '$HOME' ''`,
    );
  });

  it("means the same words to a real shell", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const script = `printf '%s\\0' ${shellCommand(words)}`;
        const output = execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" });
        expect(output.split("\0").slice(0, -1)).toEqual(words);
      }),
      { numRuns: 40 },
    );
  });

  it("is read back by splitWords", () => {
    const oneLine = word.filter((text) => !/[\r\n]/.test(text));
    fc.assert(
      fc.property(fc.array(oneLine, { minLength: 1 }), (words) => {
        expect(splitWords(shellCommand(words), { windows: false })).toEqual(words);
      }),
    );
  });
});

describe("splitWords", () => {
  it("joins quoted pieces and follows each system's escapes", () => {
    expect(splitWords(`exec node  "$basedir_abs"/'../x y.js' "$@"`, { windows: false })).toEqual([
      "exec",
      "node",
      "$basedir_abs/../x y.js",
      "$@",
    ]);
    expect(
      splitWords(`"C:\\Program Files\\node.exe"  "%dp0%\\it's.js" %*`, { windows: true }),
    ).toEqual(["C:\\Program Files\\node.exe", "%dp0%\\it's.js", "%*"]);
    expect(splitWords('a\\ b "c\\"d\\e"', { windows: false })).toEqual(["a b", 'c"d\\e']);
  });
});
