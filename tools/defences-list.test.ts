/** The list of defences stays true as files move: each edit finds its place, each test is there. */

import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DEFENCES } from "@/tools/defences-list.mjs";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

it.each(DEFENCES.map((one) => [`${one.attack}: ${one.name}`, one] as const))(
  "can take out %s",
  (_, { edits, spec }) => {
    expect(existsSync(new URL(`../${spec}`, import.meta.url)), spec).toBe(true);
    for (const { file, from, to } of edits) {
      expect(from).not.toBe(to);
      expect(read(file).includes(from), `${file}: ${from}`).toBe(true);
    }
  },
);
