/** Every language says everything: the same keys, and the same things to fill in. */

import { expect, test } from "vitest";
import english from "@/messages/en.json";
import french from "@/messages/fr.json";

function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value === "string") return new Map([[path, value]]);
  return new Map(
    Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => [
      ...leaves(inner, path ? `${path}.${key}` : key),
    ]),
  );
}

const blanks = (text: string) => [...new Set(text.match(/\{\w+(?=\s*[,}])/gu))].sort();

test("French has every message of the English, with the same blanks", () => {
  const [en, fr] = [leaves(english), leaves(french)];
  expect([...fr.keys()].sort()).toEqual([...en.keys()].sort());
  for (const [key, text] of en)
    expect([key, blanks(fr.get(key) ?? "")]).toEqual([key, blanks(text)]);
});

test("French is not the English left standing", () => {
  const [en, fr] = [leaves(english), leaves(french)];
  const same = [...en].filter(([key, text]) => fr.get(key) === text).map(([key]) => key);
  expect(same).toEqual(
    ["app.name", "key.elapsed", "done.elapsed", "found.installed"].filter((key) =>
      same.includes(key),
    ),
  );
});
