/** Decides whether to use colours (https://no-color.org): only in a terminal. */

import type { Terminal } from "@/cli/terminal";

export function isColoured({
  env,
  stdout,
  isPlain,
}: Pick<Terminal, "env" | "stdout" | "isPlain">): boolean {
  if (isPlain || env["NO_COLOR"] || env["TERM"] === "dumb") return false;
  return "isTTY" in stdout && stdout.isTTY === true;
}
