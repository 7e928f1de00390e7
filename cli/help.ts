/** Prints `--help` from the table of options. */

import { COMMANDS, type CommandName } from "@/cli/command-table";
import { EXIT } from "@/cli/exit-codes";
import { OPERANDS, shortOf } from "@/cli/options";
import type { Words } from "@/lib/i18n/words";

const WIDTH = 26;

export function helpOf(name: CommandName, { cli }: Words): readonly string[] {
  const options = COMMANDS[name].options.map((option) => {
    const short = shortOf(option);
    const operand = OPERANDS[option];
    const left = `  ${short ? `-${short}, ` : ""}--${option}${operand ? ` ${operand}` : ""}`;
    return `${left.padEnd(WIDTH)} ${cli(`option.${option}`)}`;
  });
  const codes = Object.entries(EXIT).map(
    ([code, number]) =>
      `  ${String(number).padStart(3)}  ${cli(`exit.${code as keyof typeof EXIT}`)}`,
  );
  return [
    cli("usage", { command: `openclaw-setup ${name}` }),
    "",
    cli(`command.${name}`),
    "",
    ...options,
    "",
    cli("exitCodes"),
    ...codes,
  ];
}
