/** `undo` reverts the newest write byte for byte, whichever process made it. */

import type { Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import { undoReport } from "@/cli/report/undo-report";
import { writeFailure } from "@/cli/say/write-refusal";
import { lastWrite } from "@/cli/steps/last-write";
import { mendCutOff } from "@/cli/steps/recovery";
import { askYes, noteLine } from "@/cli/terminal";
import { err, ok } from "@/lib/result";
import { undoWrite } from "@/lib/setup/write/write";
import { visible } from "@/lib/text/visible";

export const undo: Command = async (options, terminal) => {
  const { words } = terminal;
  const { cli, done, write } = words;
  if (!options["dry-run"]) await mendCutOff(options, terminal);
  const found = await lastWrite(terminal, options.profile ?? null);
  if (!found.ok) return err(writeFailure(found.error, words));
  const last = found.value;
  if (last === null) {
    const next = write("unknown-transaction.next");
    const what = write("unknown-transaction.title");
    return err({ code: "nothing-to-undo", exit: EXIT.notWritten, what, next });
  }
  const files = last.files.map(({ path }) => `  ${visible(path)}`);
  const shown = [cli("undoWhat", { at: last.at }), ...files];
  if (options["dry-run"]) {
    const lines = [...shown, cli("dryRun")];
    return ok({ report: undoReport(last, null), lines, exit: EXIT.done });
  }
  if (!options.yes) {
    if (!terminal.isInteractive) {
      const next = cli("needsYesNext");
      return err({ code: "needs-yes", exit: EXIT.needsYes, what: cli("needsYes"), next });
    }
    for (const line of shown) noteLine(terminal, line);
    if (!(await askYes(terminal, `\n${done("undo")}?`))) {
      return err({ code: "declined", exit: EXIT.needsYes, what: cli("declined"), next: "" });
    }
  }
  const undone = await undoWrite(last.written);
  if (!undone.ok) return err(writeFailure(undone.error, words));
  return ok({
    report: undoReport(last, undone.value),
    lines: [
      `${done("undone")}. ${done("undoneNext")}`,
      ...undone.value.files.map((path) => `  ${visible(path)}`),
      ...(undone.value.left ? [done("remainsSecrets")] : []),
    ],
    exit: EXIT.done,
  });
};
