/** Writes an export's README in the user's language. */

import type { Export, ReadmeWord } from "@/lib/setup/export/types";
import { visible } from "@/lib/text/visible";

export type ExportWord =
  | ReadmeWord
  | "title"
  | "model"
  | "insteadOf"
  | "noSecrets"
  | "variables"
  | "ownFile"
  | "leftOut";

export type Say = (word: ExportWord, data?: Readonly<Record<string, string>>) => string;

/** The page's isolates (UAX 9) have no place in a file that shows hidden characters. */
const ISOLATES = /[\u2066-\u2069]/gu;

/** Returns Markdown. `engine` is its product name. Pure. */
export function printReadme(made: Export, engine: string, sayOnPage: Say): string {
  const say: Say = (...words) => sayOnPage(...words).replace(ISOLATES, "");
  const { release, model, insteadOf, variables, leftOut } = made;
  const names = { engine, release, model: visible(model), from: visible(insteadOf ?? "") };
  const list = (items: readonly string[]) =>
    items.map((item) => `- \`${visible(item).replaceAll("`", "'")}\``).join("\n");
  const parts = made.readme.map((part) => {
    if (part.kind === "commands") return `\`\`\`sh\n${part.lines.join("\n")}\n\`\`\``;
    const text = say(part.word, names);
    return part.kind === "heading" ? `## ${text}` : text;
  });
  const blocks = [
    `# ${say("title", names)}`,
    say(insteadOf === null ? "model" : "insteadOf", names),
    say("noSecrets", names),
    ...parts,
    `## ${say("variables", names)}`,
    list(variables),
    say("ownFile", names),
    ...(leftOut.length > 0
      ? [`## ${say("leftOut", names)}`, list([...new Set(leftOut.map(({ path }) => path))])]
      : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}
