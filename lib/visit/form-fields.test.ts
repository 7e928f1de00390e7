import { expect, it } from "vitest";
import { fieldsOf } from "@/lib/visit/form-fields";

function form(...entries: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

it.each([undefined, null, "a", [["a", "1"]], { a: "1" }])(
  "has no fields of %j, which is no form",
  (value) => {
    expect(fieldsOf(value)).toBeNull();
  },
);

it("has one value for a name, and a list for a repeated or a marked one", () => {
  expect(fieldsOf(form(["a", "1"], ["b", "1"], ["b", "2"], ["c[]", "1"]))).toEqual({
    a: "1",
    b: ["1", "2"],
    "c[]": ["1"],
  });
});

it.each([
  ["of as many names", (at: number) => `n${at}`],
  ["of one name", () => "n"],
])("refuses a hundred thousand fields %s, at once", (_, name) => {
  const data = form(
    ...Array.from({ length: 100_000 }, (_each, at): [string, string] => [name(at), ""]),
  );
  const before = performance.now();
  expect(fieldsOf(data)).toBeNull();
  expect(performance.now() - before).toBeLessThan(500);
});
