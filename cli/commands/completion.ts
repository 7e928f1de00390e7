/** `completion` prints a shell's completions from the table of options. */

import type { Command } from "@/cli/command";
import { COMMANDS } from "@/cli/command-table";
import { EXIT } from "@/cli/exit-codes";
import { OPERANDS, type OptionName, shortOf, valuesOf } from "@/cli/options";
import type { Terminal } from "@/cli/terminal";
import { err, ok } from "@/lib/result";

const NAMES = Object.entries(COMMANDS) as ReadonlyArray<
  [keyof typeof COMMANDS, { readonly options: readonly OptionName[] }]
>;
const OF_FILES: readonly OptionName[] = ["answers", "key-file"];

export const completion: Command = async ({ shell, ...rest }, { words }) => {
  if (shell === undefined) {
    const what = words.cli("shellNeeded");
    return err({ code: "usage", exit: EXIT.usage, what, next: "bash, zsh, fish" });
  }
  const lines = SHELLS[shell](words);
  const report = { version: 1, command: "completion", ok: true, script: lines.join("\n") };
  return ok({ report: rest.json ? report : null, lines, exit: EXIT.done });
};

const flags = (options: readonly OptionName[]) => options.map((name) => `--${name}`).join(" ");

const VALUES = (Object.keys(OPERANDS) as OptionName[]).flatMap((name) => {
  const values = valuesOf(name);
  return values.length > 0 ? [[name, values] as const] : [];
});

const SHELLS = {
  bash: (): readonly string[] => [
    "_openclaw_setup() {",
    `  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" proposed=""`,
    '  case "$prev" in',
    `    ${OF_FILES.map((name) => `--${name}`).join("|")}) COMPREPLY=($(compgen -f -- "$cur")); return;;`,
    ...VALUES.map(([name, values]) => `    --${name}) proposed="${values.join(" ")}";;`),
    '    *) if [ "$COMP_CWORD" -eq 1 ]; then',
    `         proposed="${NAMES.map(([name]) => name).join(" ")} --help --version"`,
    "       else",
    `         case "\${COMP_WORDS[1]}" in`,
    ...NAMES.map(([name, { options }]) => `           ${name}) proposed="${flags(options)}";;`),
    "         esac",
    "       fi;;",
    "  esac",
    '  COMPREPLY=($(compgen -W "$proposed" -- "$cur"))',
    "}",
    "complete -F _openclaw_setup openclaw-setup",
  ],
  zsh: (): readonly string[] => [
    "#compdef openclaw-setup",
    "_openclaw_setup() {",
    "  case $words[CURRENT-1] in",
    `    ${OF_FILES.map((name) => `--${name}`).join("|")}) _files; return;;`,
    ...VALUES.map(([name, values]) => `    --${name}) compadd -- ${values.join(" ")}; return;;`),
    "  esac",
    "  if (( CURRENT == 2 )); then",
    `    compadd -- ${NAMES.map(([name]) => name).join(" ")} --help --version`,
    "  else",
    "    case $words[2] in",
    ...NAMES.map(([name, { options }]) => `      ${name}) compadd -- ${flags(options)};;`),
    "    esac",
    "  fi",
    "}",
    "compdef _openclaw_setup openclaw-setup",
  ],
  fish: ({ cli }: Terminal["words"]): readonly string[] => [
    "complete -c openclaw-setup -f",
    ...NAMES.map(
      ([name]) =>
        `complete -c openclaw-setup -n __fish_use_subcommand -a ${name} -d ${quoted(cli(`command.${name}`))}`,
    ),
    ...NAMES.flatMap(([name, { options }]) =>
      options.map((option) => {
        const short = shortOf(option);
        const values = valuesOf(option);
        return [
          `complete -c openclaw-setup -n '__fish_seen_subcommand_from ${name}' -l ${option}`,
          ...(short ? [`-s ${short}`] : []),
          ...(OPERANDS[option] ? [OF_FILES.includes(option) ? "-r -F" : "-r"] : []),
          ...(values.length > 0 ? [`-a '${values.join(" ")}'`] : []),
          `-d ${quoted(cli(`option.${option}`))}`,
        ].join(" ");
      }),
    ),
  ],
} as const satisfies Record<string, (words: Terminal["words"]) => readonly string[]>;

/** fish escapes only quotes and backslashes within single quotes. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/gu, "\\$&")}'`;
}
