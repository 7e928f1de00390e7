/** Reads plain files of an installed package within bounds. */

import { readText } from "@/lib/system/read.mjs";
import { parseJson } from "@/lib/text/json";

/** The largest manifest of 2026.9.6 has 40 kB. */
const MOST_BYTES = 4 * 1024 * 1024;

export function textIn(file: string): string | null {
  return readText(file, { largest: MOST_BYTES });
}

export function jsonIn(file: string): unknown {
  return parseJson(textIn(file) ?? "");
}
