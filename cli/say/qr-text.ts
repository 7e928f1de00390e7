/** Prints an address as a QR code, if the terminal has colours and is wide enough. */

import { encode } from "uqr";
import type { Terminal } from "@/cli/terminal";

/** Modules of quiet zone, since the terminal's background may be dark. */
const QUIET = 2;
/** By which of the upper and lower modules are dark. */
const BLOCKS = { "00": "█", "01": "▀", "10": "▄", "11": " " } as const;

export function qrLines(
  text: string,
  { env, stderr, isPlain }: Pick<Terminal, "env" | "stderr" | "isPlain">,
): readonly string[] {
  if (!("isTTY" in stderr) || stderr.isTTY !== true) return [];
  if (isPlain || env["NO_COLOR"] || env["TERM"] === "dumb") return [];
  const { data, size } = encode(text, { border: QUIET, ecc: "L" });
  const columns = "columns" in stderr && typeof stderr.columns === "number" ? stderr.columns : 80;
  if (size + 2 > columns) return [];
  const at = (row: number, column: number) => (data[row]?.[column] ? "1" : "0") as "0" | "1";
  return Array.from({ length: Math.ceil(size / 2) }, (_, line) => {
    const blocks = Array.from(
      { length: size },
      (_, column) => BLOCKS[`${at(2 * line, column)}${at(2 * line + 1, column)}`],
    );
    // White on black, whatever the terminal's colours.
    return `  \u001b[97;40m${blocks.join("")}\u001b[0m`;
  });
}
