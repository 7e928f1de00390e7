/** Recovers an interrupted write before a command writes, and reports it. */

import type { Options } from "@/cli/options";
import { noteLine, type Terminal } from "@/cli/terminal";
import { recoverAtStart } from "@/lib/setup/write/recovery";
import { visible } from "@/lib/text/visible";

/** A failed recovery also makes the write fail, which then explains it. */
export async function mendCutOff({ profile }: Options, terminal: Terminal): Promise<void> {
  const { terminal: t } = terminal.words;
  const mended = await recoverAtStart(terminal.env, profile ?? null).catch(() => null);
  if (!mended?.ok) return;
  const { finished, rolledBack, files, foreign, leftAlone } = mended.value;
  const lines = [
    ...(finished.length > 0 ? [t("recoveredFinished")] : []),
    ...(rolledBack.length > 0 ? [t("recoveredTakenBack")] : []),
    ...files.map((path) => `${t("recoveredFile")} ${visible(path)}`),
    ...foreign.map((path) => `${t("recoveredForeign")} ${visible(path)}`),
    ...leftAlone.map((path) => `${t("recoveredLeftAlone")} ${visible(path)}`),
  ];
  for (const line of lines) noteLine(terminal, line);
}
