/** What others wrote is shown as it is written, and obeyed by no terminal and no page. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isVisible, shownPath, visible, visibleAll, visibleText } from "@/lib/text/visible";

describe("a name in a sentence", () => {
  it.each([
    ["a line of its own", "x\nOpenClaw Setup is ready: http://evil.test/", "x⟨U+000A⟩OpenClaw"],
    ["a terminal's code", "a\u001b]0;title\u0007b", "a⟨U+001B⟩]0;title⟨U+0007⟩b"],
    ["a code of eight bits", "a\u009b31mb", "a⟨U+009B⟩31mb"],
    ["reading order", "2026.9.6\u202e6.9.6202", "2026.9.6⟨U+202E⟩6.9.6202"],
    ["an isolate", "\u2066a\u2069", "⟨U+2066⟩a⟨U+2069⟩"],
    ["no width", "gp\u200bt", "gp⟨U+200B⟩t"],
    ["a backspace", "safe\b\b\b\bevil", "safe⟨U+0008⟩"],
    ["half a character", "a\ud800b", "a⟨U+D800⟩b"],
    ["a private character", "a\ue000b", "a⟨U+E000⟩b"],
  ])("shows %s by its number", (_, text, shown) => {
    expect(visible(text)).toContain(shown);
    expect(isVisible(text)).toBe(false);
  });

  it.each(["/home/ada/été/文件", "naïve ❤️ 👩‍💻", "می‌خواهم", '~/x y\'s "z"'])(
    "leaves %s",
    (text) => {
      expect(visible(text)).toBe(text);
      expect(isVisible(text)).toBe(true);
    },
  );

  it("never holds what a terminal obeys or what turns the order round, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visible(text)).not.toMatch(
          /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u,
        );
        expect(visibleText(text).replace(/[\t\n\r]/gu, "")).not.toMatch(/\p{Cc}/u);
        expect(visible(visible(text))).toBe(visible(text));
      }),
    );
  });
});

it("shortens a path to the home, and each text of a record", () => {
  expect(shownPath("/home/ada/.openclaw/a\u001bb", "/home/ada")).toBe("~/.openclaw/a⟨U+001B⟩b");
  expect(shownPath("/home/adam/x", "/home/ada")).toBe("/home/adam/x");
  expect(visibleAll({ model: "a\u202eb", count: 2 })).toEqual({ model: "a⟨U+202E⟩b", count: 2 });
});

it("shows a carriage return that would overwrite its line, and leaves the end of a line", () => {
  expect(visibleText("one\r\ntwo\rthree")).toBe("one\r\ntwo⟨U+000D⟩three");
});
