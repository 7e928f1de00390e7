import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { findJson } from "@/lib/openclaw/command/answer";

const Schema = z.object({ payloads: z.array(z.unknown()) });

describe("findJson", () => {
  it("finds the answer between log lines and after other objects", () => {
    const text = [
      "◇  Doctor changes ────╮",
      '{"level":"info","message":"a } brace"}',
      "[agent] run { not json",
      "{ neither is this",
      '{ "payloads": [{ "text": "a \\" } {" }],',
      '  "more": {} }',
      "[done] }",
    ].join("\n");
    expect(findJson([text], Schema)).toEqual({ payloads: [{ text: 'a " } {' }] });
  });

  it("looks into the second text when the first has none", () => {
    expect(findJson(["log", '{"payloads":[]}'], Schema)).toEqual({ payloads: [] });
  });

  it("is null for cut-off, foreign or missing answers", () => {
    expect(findJson(['{"payloads":[', "", '{"other":1}'], Schema)).toBeNull();
  });

  it("stays quick on a flood of braces", () => {
    expect(findJson(["{\n".repeat(300_000)], Schema)).toBeNull();
  });

  it("finds any object among lines that do not begin with a brace", () => {
    const line = fc.string().map((text) => `> ${text.replace(/[\r\n\u2028\u2029]/g, " ")}`);
    fc.assert(
      fc.property(
        fc.array(line),
        fc.array(fc.jsonValue()),
        fc.array(line),
        fc.boolean(),
        (before, payloads, after, pretty) => {
          const answer = JSON.stringify({ payloads }, null, pretty ? 2 : undefined);
          const text = [...before, answer, ...after].join("\n");
          expect(findJson([text], Schema)).toEqual(JSON.parse(answer));
        },
      ),
    );
  });
});
