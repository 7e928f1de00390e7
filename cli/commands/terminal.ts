/** `terminal` runs the whole setup as questions in a terminal. */

import type { Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import { err } from "@/lib/result";

export const terminal: Command = async (options, given) => {
  const { stdin, stdout, words } = given;
  if (!stdin.isTTY || !("isTTY" in stdout && stdout.isTTY === true)) {
    const what = words.cli("talk.noTerminal");
    return err({
      code: "no-terminal",
      exit: EXIT.usage,
      what,
      next: words.cli("talk.noTerminalNext"),
    });
  }
  const own = { ...given, stderr: stdout, isInteractive: true };
  const asker = own.isPlain
    ? (await import("@/cli/talk/plain-asker")).plainAsker(own)
    : (await import("@/cli/talk/rich-asker")).richAsker(own);
  const { talk } = await import("@/cli/talk/talk");
  return talk({ options, terminal: own, asker });
};
