/** What a release says of the Node it needs is taken apart for a person, or left as it is. */

import { expect, test } from "vitest";
import { nodeRangeParts } from "@/lib/openclaw/program/node-range";
import { ERAS } from "@/lib/openclaw/releases/table";

const open = (from: string, major: number) => ({ from, major, last: null });
const upTo = (from: string, major: number, last: number) => ({ from, major, last });

test.each([
  [">=22.12.0", [open("22.12", 22)]],
  [">=24.16.0 <25 || >=26.1.0", [upTo("24.16", 24, 24), open("26.1", 26)]],
  [
    ">=22.22.3 <23 || >=24.15.0 <25 || >=25.9.0",
    [upTo("22.22.3", 22, 22), upTo("24.15", 24, 24), open("25.9", 25)],
  ],
  ["^22.10.0", [upTo("22.10", 22, 22)]],
  ["22.x", [upTo("22", 22, 22)]],
  [">=20.9.0 <25", [upTo("20.9", 20, 24)]],
])("%s", (range, parts) => expect(nodeRangeParts(range)).toEqual(parts));

test.each([
  "",
  "*",
  "<25",
  ">22.1.0",
  ">=22.1.0 <22.9.0",
  ">=22.1.0 <22.0.0",
  "node of today",
  ">=22.0.0-rc.1",
])("%j is of another form", (range) => expect(nodeRangeParts(range)).toBeNull());

test("every release of the table can be said in words", () => {
  expect(ERAS.filter(({ node }) => nodeRangeParts(node) === null)).toEqual([]);
});
