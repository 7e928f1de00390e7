/** Tells of a config with another source: that it is not written here, and the lines for that source. */

import { diffLines } from "@/cli/say/diff-text";
import type { Words } from "@/lib/i18n/words";
import { isOfNix, ownSourceOf } from "@/lib/setup/export/own-source";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { previewOf } from "@/lib/setup/review/preview";
import type { Plan } from "@/lib/setup/types";
import { visible } from "@/lib/text/visible";

/** Why the config stays as it is; nothing where it is written here. */
export function immutableLines(
  { snapshot: { immutable } }: Plan,
  { immutable: t }: Words,
  { shown }: Pick<MachineView, "shown">,
): readonly string[] {
  if (immutable === null) return [];
  const about =
    immutable.kind === "variable"
      ? t("variable", { name: immutable.name })
      : t(immutable.kind, { path: visible(shown(immutable.path)) });
  return ["", t("title"), `  ${about}`];
}

/** What belongs in the person's source, with secrets masked; nothing where the config needs no change. */
export function ownSourceLines(plan: Plan, words: Words, isColoured: boolean): readonly string[] {
  const source = ownSourceOf(plan);
  if (source === null) return [];
  const { immutable: t } = words;
  const isNix = isOfNix(plan.snapshot.immutable);
  const removed = source.removed.map((place) => `  - ${visible(place)}`);
  return [
    "",
    t("yours"),
    `  ${t("yoursNext")}`,
    ...previewOf(plan).unwritten.flatMap((file) => [
      "",
      file.path,
      ...diffLines(file, words, isColoured),
    ]),
    "",
    t(isNix ? "nix" : "json"),
    ...(isNix ? source.nix : source.json).split("\n").map((line) => `  ${line}`),
    ...(removed.length === 0 ? [] : ["", t("removed"), ...removed]),
  ];
}
