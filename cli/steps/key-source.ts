/** Reads a command's key from a file, variable or standard input, never from an argument. */

import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import { readInput, type Terminal } from "@/cli/terminal";
import { err, ok, type Result } from "@/lib/result";
import { readText } from "@/lib/system/read.mjs";
import { visible } from "@/lib/text/visible";

/** Null without a key. Reads standard input only if nothing else is named and `isInputFree`. Secret. */
export async function givenKeyText(
  options: Options,
  terminal: Terminal,
  isInputFree: boolean,
): Promise<Result<string | null, Failure>> {
  const { cli } = terminal.words;
  const missing = (what: string) =>
    err({ code: "key-missing", exit: EXIT.credential, what, next: cli("noKeyNext") });
  const variable = options["key-env"];
  if (variable !== undefined) {
    const value = terminal.env[variable]?.trim();
    return value ? ok(value) : missing(cli("keyEnvEmpty", { name: variable }));
  }
  const file = options["key-file"];
  if (file !== undefined && file !== "-") {
    const text = readText(file)?.trim();
    return text ? ok(text) : missing(cli("keyFileUnread", { path: visible(file) }));
  }
  if (file === "-" || isInputFree) {
    const text = (await readInput(terminal))?.trim();
    if (text) return ok(text);
    if (file === "-") return missing(cli("keyInputEmpty"));
  }
  return ok(null);
}
