/** Prints a masked diff, with colours if wanted. */

import type { Words } from "@/lib/i18n/words";
import type { FilePreview } from "@/lib/setup/review/preview";

const SIGNS = { added: "+", removed: "-", same: " " } as const;
const COLOURS = { added: "32", removed: "31", same: "" } as const;

export function diffLines(
  file: FilePreview,
  { preview: t }: Words,
  isColoured: boolean,
): readonly string[] {
  const paint = (colour: string, text: string) =>
    isColoured && colour !== "" ? `\u001b[${colour}m${text}\u001b[0m` : text;
  return file.lines.map((line) => {
    if (line.kind === "fold") return paint("2", `  … ${t("folded", { count: line.count })}`);
    const text = line.parts.map((part) => ("text" in part ? part.text : "…")).join("");
    return paint(COLOURS[line.kind], `${SIGNS[line.kind]} ${text}`.trimEnd());
  });
}
