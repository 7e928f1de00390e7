/** Before a command writes: what was cut off earlier is finished or taken back, and said. */

import type { Options } from "@/cli/options";
import { noteLine, type Terminal } from "@/cli/terminal";
import { recoverAtStart } from "@/lib/setup/write/recovery";
import { visible } from "@/lib/text/visible";

/** Says nothing where nothing was cut off. What cannot be mended yet stands in the way of the write, which says so. */
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
