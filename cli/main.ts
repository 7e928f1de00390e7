/** Runs one command and returns its exit code. */

import { COMMANDS, type CommandEntry, isCommand } from "@/cli/command-table";
import { LOADERS } from "@/cli/commands";
import { EXIT, type ExitCode } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import { helpOf } from "@/cli/help";
import { readCommandOptions } from "@/cli/options";
import { failureReport } from "@/cli/report/common";
import { unreadableFailure } from "@/cli/say/write-refusal";
import { noteLine, sayLine, type Terminal } from "@/cli/terminal";
import type { Locale } from "@/lib/i18n/locales";
import { type Messages, wordsIn } from "@/lib/i18n/words";
import { maskText } from "@/lib/secrets/mask";
import { redact } from "@/lib/secrets/redact";
import { visible, visibleText } from "@/lib/text/visible";

export interface Start {
  readonly locale: Locale;
  readonly messages: Messages;
  /** Aborted when the user ends the program. */
  readonly signal: AbortSignal;
  /** The user named neither page nor terminal, and may choose. */
  readonly offersPage?: boolean;
}

/** Anything but a command is for the page. */
export function isCommandLine([name]: readonly string[]): boolean {
  return name !== undefined && !name.startsWith("-");
}

/** Runs in this process's environment. Null if the user chose the page. */
export async function main(args: readonly string[], start: Start): Promise<number | null> {
  const { stdin, stdout, stderr, env } = process;
  const words = wordsIn(start.locale, start.messages);
  // A reader such as `head` may leave early; the work still ends as it should.
  for (const output of [stdout, stderr]) output.on("error", ignoreBrokenPipe);
  const isInteractive = stdin.isTTY === true && stderr.isTTY === true;
  const { signal } = start;
  const isPlain = args.includes("--plain") || env["TERM"] === "dumb";
  let isPageChosen = false;
  const choosePage = () => {
    isPageChosen = true;
  };
  const goToPage = start.offersPage ? choosePage : null;
  const place = { env, stdin, stdout, stderr, isInteractive, isPlain };
  const code = await run(args, { ...place, words, signal, goToPage });
  return isPageChosen ? null : code;
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

async function run([name = "", ...args]: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { words } = terminal;
  const { cli } = words;
  const fail = (failure: Failure) =>
    reportFailure(isCommand(name) ? name : "", failure, args.includes("--json"), terminal);
  const usage = (what: string) =>
    fail({
      code: "usage",
      exit: EXIT.usage,
      what,
      next: cli("seeHelp", { command: commandIn(name) }),
    });
  if (!isCommand(name)) return usage(cli("unknownCommand", { name: maskText(visible(name), []) }));
  const entry: CommandEntry = COMMANDS[name];
  const [first] = args;
  const named =
    entry.operand && first !== undefined && !first.startsWith("-") ? [`--${entry.operand}`] : [];
  const options = readCommandOptions([...named, ...args], entry.options);
  if (!options.ok) {
    const { option, detail } = options.error;
    // A key given as an argument is already in the shell's history, and must not reach a log.
    return usage(
      option === "" ? maskText(visible(detail), []) : cli("badOption", { option: `--${option}` }),
    );
  }
  if (options.value.help) {
    for (const line of helpOf(name, words)) sayLine(terminal, line);
    return EXIT.done;
  }
  try {
    const command = await LOADERS[name]();
    const answer = await command(options.value, terminal);
    if (terminal.signal.aborted) return EXIT.interrupted;
    if (!answer.ok) return fail(answer.error);
    const { report, lines, exit } = answer.value;
    if (options.value.json) sayLine(terminal, jsonOf(report));
    else for (const line of lines) sayLine(terminal, line);
    return exit;
  } catch (error) {
    const unreadable = unreadableFailure(error, words);
    if (unreadable) return fail(unreadable);
    const detail = error instanceof Error ? redact(error.message) : "";
    return fail({
      code: "unexpected",
      exit: EXIT.unexpected,
      what: cli("unexpected"),
      next: "",
      detail,
    });
  }
}

function commandIn(name: string): string {
  return isCommand(name) ? `openclaw-setup ${name} --help` : "openclaw-setup --help";
}

function reportFailure(
  command: string,
  failure: Failure,
  isJson: boolean,
  terminal: Terminal,
): ExitCode {
  if (isJson) sayLine(terminal, jsonOf(failureReport(command, failure)));
  const { what, next, detail = "" } = failure;
  // The words of others are set in, since a path in them may have any line.
  const said = detail === "" ? "" : detail.replace(/^/gmu, "  ");
  for (const text of [what, next, said]) {
    if (text !== "") noteLine(terminal, visibleText(text));
  }
  return failure.exit;
}

/** JSON itself leaves characters that a terminal acts on, or that turn its reading order. */
function jsonOf(report: unknown): string {
  return JSON.stringify(report, null, 2).replace(/[\u007f-\u009f\p{Cf}\u2028\u2029]/gu, (found) =>
    Array.from(
      { length: found.length },
      (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
