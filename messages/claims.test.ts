/** No sentence promises more than has been seen: each one with a word of promise is named in docs/claims.md with its proof. */

import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import english from "@/messages/en.json";

const PROMISE =
  /\b(?:works|worked|set up|ready|uses|answered|answers|everything|accepts|accepted|rehearsed|signed in|is right|is valid|(?:re)?started|undone|runs again|has ended|are installed|has let|own hands|takes it first|nothing wrong)\b/iu;

function* sentences(messages: object, before = ""): Generator<readonly [string, string]> {
  for (const [key, value] of Object.entries(messages)) {
    if (typeof value === "string") yield [`${before}${key}`, value];
    else if (value instanceof Object) yield* sentences(value, `${before}${key}.`);
  }
}

it("every sentence that promises something is named with what proves it", () => {
  const claims = readFileSync(new URL("../docs/claims.md", import.meta.url), "utf8");
  const named = new Set([...claims.matchAll(/`([\w.-]+)`/gu)].map(([, name]) => name));
  const isNamed = (key: string) =>
    named.has(key) || named.has(key.replace(/\.(?:title|next)$/u, ""));
  const unproven = [...sentences(english)].filter(
    ([key, words]) => PROMISE.test(words) && !isNamed(key),
  );
  expect(unproven).toEqual([]);
});

it("names no sentence that is not there any more", () => {
  const claims = readFileSync(new URL("../docs/claims.md", import.meta.url), "utf8");
  const keys = new Set([...sentences(english)].map(([key]) => key));
  const groups = new Set(
    [...keys].flatMap((key) => key.split(".").map((_, at, all) => all.slice(0, at).join("."))),
  );
  const first = new Set([...keys].map((key) => key.split(".")[0]));
  const gone = [...claims.matchAll(/`([\w-]+(?:\.[\w-]+)+)`/gu)]
    .map(([, name]) => name ?? "")
    .filter((name) => first.has(name.split(".")[0] ?? "") && !keys.has(name) && !groups.has(name));
  expect(gone).toEqual([]);
});
