/** Whether colours are wanted: https://no-color.org, and only where somebody looks. */

import type { Terminal } from "@/cli/terminal";

export function isColoured({ env, stdout }: Pick<Terminal, "env" | "stdout">): boolean {
  if (env["NO_COLOR"] || env["TERM"] === "dumb") return false;
  return "isTTY" in stdout && stdout.isTTY === true;
}
