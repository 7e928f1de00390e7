/** Every language says everything: the same keys, the same things to fill in, and every form of a plural. */

import { readdirSync, readFileSync } from "node:fs";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { describe, expect, test } from "vitest";
import { LOCALES, OWN_NAMES } from "@/lib/i18n/locales";

const DIRECTORY = new URL("./", import.meta.url);
/** Counts as they occur here: of models, settings, lines, seconds. */
const COUNTS = Array.from({ length: 10_001 }, (_, count) => count);

function leaves(value: unknown, path = ""): Map<string, string> {
  if (typeof value === "string") return new Map([[path, value]]);
  return new Map(
    Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => [
      ...leaves(inner, path ? `${path}.${key}` : key),
    ]),
  );
}

const read = (locale: string) =>
  leaves(JSON.parse(readFileSync(new URL(`${locale}.json`, DIRECTORY), "utf8")));

/** The names to fill in, the tags, and of every plural the forms it has. */
function shape(elements: readonly MessageFormatElement[]): {
  blanks: string[];
  plurals: string[][];
} {
  const found = elements.map((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return empty;
    if (element.type === TYPE.tag)
      return joined([{ ...empty, blanks: [`<${element.value}>`] }, shape(element.children)]);
    const own = { ...empty, blanks: [element.value] };
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return own;
    const inner = Object.values(element.options).map((option) => shape(option.value));
    const forms = element.type === TYPE.plural ? [Object.keys(element.options)] : [];
    return joined([own, ...inner, { blanks: [], plurals: forms }]);
  });
  return joined(found);
}
type Shape = ReturnType<typeof shape>;
const empty: Shape = { blanks: [], plurals: [] };
const joined = (shapes: readonly Shape[]): Shape => ({
  blanks: [...new Set(shapes.flatMap(({ blanks }) => blanks))].sort(),
  plurals: shapes.flatMap(({ plurals }) => plurals),
});

/** Signs that no reader of the language would set. */
const CJK = "[\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}]";
const HALF_WIDTH = new RegExp(`${CJK} ?[:;?!,()]|[:;?!,()] ?${CJK}`, "gu");
const TYPEWRITER = /"|\w'\w/gu;
const MISSET: Record<string, RegExp> = {
  fr: /[^\u00a0][:;?!»](?=[\s.,)}]|$)|«(?!\u00a0)/gu,
  ja: HALF_WIDTH,
  "zh-CN": HALF_WIDTH,
  ar: /\p{sc=Arab}[,;?]/gu,
};
/** The one message in which a shell's quotes belong to the command. */
const SHELL_QUOTED = '"{root}"';

/** The same in any language: names and codes, with nothing to say around them. */
const NAMES =
  /^(?:OpenClaw|Setup|OpenAI|ChatGPT|Codex|Node(?:\.js)?|System|Details|Name|s|in|\{\w+\}|[\s.,:;()·–-])*$/u;

test("there is a file for every language, and no other", () => {
  const files = readdirSync(DIRECTORY).flatMap((name) => /^(.+)\.json$/u.exec(name)?.[1] ?? []);
  expect(files.sort()).toEqual([...LOCALES].sort());
});

const english = read("en");

describe.each(LOCALES.map((locale) => [OWN_NAMES[locale], locale] as const))("%s", (_, locale) => {
  const own = read(locale);

  test("has every message, and no other", () => {
    expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
  });

  test("leaves the same blanks, in words that can be parsed", () => {
    for (const [key, text] of english) {
      const blanks = shape(parse(own.get(key) ?? "")).blanks;
      expect([key, blanks]).toEqual([key, shape(parse(text)).blanks]);
    }
  });

  test("says how well a release is known without any blank", () => {
    for (const key of ["found.assumed"]) {
      expect(shape(parse(own.get(key) ?? "{lost}")).blanks).toEqual([]);
    }
  });

  test("has every form that its plurals need", () => {
    const rules = new Intl.PluralRules(locale);
    const needed = new Set<string>(COUNTS.map((count) => rules.select(count)));
    for (const [key, text] of own) {
      for (const forms of shape(parse(text)).plurals) {
        expect([key, [...needed].filter((form) => !forms.includes(form))]).toEqual([key, []]);
      }
    }
  });

  test("gives each plural only the forms it has", () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    const known: string[] = pluralCategories;
    for (const [key, text] of own) {
      const forms = shape(parse(text))
        .plurals.flat()
        .filter((form) => !form.startsWith("="));
      expect([key, forms.filter((form) => !known.includes(form))]).toEqual([key, []]);
    }
  });
});

test.each(LOCALES.filter((locale) => locale !== "en"))(
  "%s is not the English left standing",
  (locale) => {
    const own = read(locale);
    const same = [...english].filter(([key, text]) => own.get(key) === text && !NAMES.test(text));
    expect(same).toEqual([]);
  },
);

test.each(LOCALES)("%s sets its signs as its readers do", (locale) => {
  const found = [...read(locale)].flatMap(([key, text]) =>
    [TYPEWRITER, MISSET[locale]]
      .flatMap((misset) => (misset ? [...text.replace(SHELL_QUOTED, "").matchAll(misset)] : []))
      .map(([sign]) => `${key}: ${sign}`),
  );
  expect(found).toEqual([]);
});
