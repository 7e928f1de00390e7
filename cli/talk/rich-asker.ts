/** Asks with interactive lists of the prompt library, in the terminal's colours. */

import checkbox from "@inquirer/checkbox";
import search, { Separator } from "@inquirer/search";
import select from "@inquirer/select";
import { isColoured } from "@/cli/say/colour";
import { wrapped } from "@/cli/say/wrap";
import type { Asker, Offer, Waiting } from "@/cli/talk/asker";
import { columnsOf, sayTitle, sayWords, showRaw, typedLine, typedSecret } from "@/cli/talk/lines";
import { onEnter } from "@/cli/talk/on-enter";
import type { Terminal } from "@/cli/terminal";

/** Longer lists scroll. */
const SHOWN = 9;

export function richAsker(terminal: Terminal): Asker {
  const { stdin: input, stdout: output, signal, words } = terminal;
  const { cli } = words;
  const context = { input, output, signal };
  const theme = (help: string) => ({ style: { keysHelpTip: () => help } });
  return {
    say: (lines) => sayWords(terminal, lines),
    title: (text) => sayTitle(terminal, text),
    show: (lines) => showRaw(terminal, lines),
    choose: (question, offers, preset) =>
      answered(terminal, () =>
        select(
          {
            message: question,
            choices: offers.map((offer) => choiceOf(offer, terminal)),
            default: preset,
            pageSize: SHOWN,
            loop: false,
            theme: theme(cli("talk.keysOne")),
          },
          context,
        ),
      ),
    search: (question, offers, none) =>
      answered(terminal, () =>
        search(
          {
            message: question,
            pageSize: SHOWN,
            source: (part) => {
              const wanted = (part ?? "").trim().toLowerCase();
              const left = offers.filter(({ name }) => name.toLowerCase().includes(wanted));
              // The library's own message is in English.
              if (left.length === 0) return [new Separator(none)];
              return left.map((offer) => choiceOf(offer, terminal));
            },
            theme: theme(cli("talk.keysSearch")),
          },
          context,
        ),
      ),
    switches: (question, switches) =>
      answered(terminal, () =>
        checkbox(
          {
            message: question,
            choices: switches.map((one) => ({ ...choiceOf(one, terminal), checked: one.isOn })),
            pageSize: SHOWN,
            loop: false,
            // Disables undocumented shortcuts.
            shortcuts: { all: null, invert: null },
            theme: theme(cli("talk.keysSeveral")),
          },
          context,
        ),
      ),
    text: (question) => typedLine(terminal, question),
    secret: (question) => typedSecret(terminal, question),
    wait: (waiting) => waited(terminal, waiting),
  };
}

function choiceOf<T>({ value, name, about = [], off }: Offer<T>, terminal: Terminal) {
  const { cli } = terminal.words;
  // The library would wrap the lines too, and start the next one with the space.
  const lines = about.flatMap((line) => wrapped(line, columnsOf(terminal) - 1));
  return {
    value,
    name,
    short: name,
    ...(about.length === 0 ? {} : { description: lines.join("\n") }),
    ...(off === undefined ? {} : { disabled: `(${cli("talk.notNow")} ${off})` }),
  };
}

/** Null if the keyboard or a signal ended it. */
async function answered<T>({ signal }: Terminal, ask: () => Promise<T>): Promise<T | null> {
  // The library would keep the terminal open for a question that is never asked.
  if (signal.aborted) return null;
  try {
    return await ask();
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    if (/^(?:ExitPromptError|AbortPromptError|CancelPromptError)$/u.test(name)) return null;
    throw error;
  }
}

/** Updates one line each second and removes it at the end. */
async function waited(terminal: Terminal, { what, settled, skip }: Waiting): Promise<void> {
  const { stdout, words } = terminal;
  const began = performance.now();
  const hint = skip ? words.cli("talk.skip") : "";
  sayWords(terminal, [what]);
  const draw = () => {
    const seconds = Math.round((performance.now() - began) / 1000);
    const passed = seconds < 2 ? "" : words.wait("elapsed", { seconds });
    const [line = ""] = wrapped(`  ${passed}  ${hint}`, columnsOf(terminal) - 1);
    stdout.write(`\r\u001b[K${isColoured(terminal) ? `\u001b[2m${line}\u001b[0m` : line}`);
  };
  draw();
  const timer = setInterval(draw, 1000);
  const stop = skip ? onEnter(terminal, skip) : () => {};
  await settled;
  stop();
  clearInterval(timer);
  stdout.write("\r\u001b[K");
}
