/** Asks in plain lines for screen readers: no colours or cursor movement, numbered lists. */

import type { Asker, Offer, Switch, Waiting } from "@/cli/talk/asker";
import { sayTitle, sayWords, showRaw, typedLine, typedSecret } from "@/cli/talk/lines";
import { onEnter } from "@/cli/talk/on-enter";
import type { Terminal } from "@/cli/terminal";

export function plainAsker(terminal: Terminal): Asker {
  const say = (lines: readonly string[]) => sayWords(terminal, lines);
  const asker: Asker = {
    say,
    title: (text) => sayTitle(terminal, text),
    show: (lines) => showRaw(terminal, lines),
    choose: (question, offers, preset) => chosen(terminal, question, offers, preset),
    search: async (question, offers, none) => {
      for (;;) {
        say(["", question]);
        const part = await typedLine(terminal, terminal.words.cli("talk.part"));
        if (part === null) return null;
        const wanted = part.trim().toLowerCase();
        const left = offers.filter(({ name }) => name.toLowerCase().includes(wanted));
        const [first] = left;
        if (first) return chosen(terminal, question, left, first.value);
        say([none]);
      }
    },
    switches: (question, switches) => switched(terminal, question, switches),
    text: (question) => typedLine(terminal, question),
    secret: (question) => typedSecret(terminal, question),
    wait: (waiting) => waited(terminal, waiting),
  };
  return asker;
}

function numbered<T>(offers: readonly Offer<T>[], { words }: Terminal): readonly string[] {
  return offers.flatMap(({ name, about = [], off }, at) => [
    `${at + 1}. ${name}`,
    ...about.map((line) => `   ${line}`),
    ...(off === undefined ? [] : [`   ${words.cli("talk.notNow")} ${off}`]),
  ]);
}

async function chosen<T>(
  terminal: Terminal,
  question: string,
  offers: readonly Offer<T>[],
  preset: T,
): Promise<T | null> {
  const { cli } = terminal.words;
  const first =
    Math.max(
      0,
      offers.findIndex(({ value }) => value === preset),
    ) + 1;
  sayWords(terminal, ["", question, ...numbered(offers, terminal)]);
  for (;;) {
    const text = await typedLine(
      terminal,
      cli("talk.number", { count: String(offers.length), preset: String(first) }),
    );
    if (text === null) return null;
    const offer = offers[(text.trim() === "" ? first : numberIn(text)) - 1];
    if (offer && offer.off === undefined) return offer.value;
    sayWords(terminal, [offer?.off ?? cli("talk.wrong")]);
  }
}

async function switched<T>(
  terminal: Terminal,
  question: string,
  switches: readonly Switch<T>[],
): Promise<readonly T[] | null> {
  const { cli } = terminal.words;
  const on = new Set(switches.filter(({ isOn }) => isOn).map(({ value }) => value));
  for (;;) {
    const marked = switches.map((one) => ({
      ...one,
      name: `[${on.has(one.value) ? "x" : " "}] ${one.name}`,
    }));
    sayWords(terminal, ["", question, ...numbered(marked, terminal)]);
    const text = await typedLine(terminal, cli("talk.numbers"));
    if (text === null) return null;
    if (text.trim() === "") return [...on];
    for (const part of text.trim().split(/[\s,]+/u)) {
      const one = switches[numberIn(part) - 1];
      if (!one || one.off !== undefined) sayWords(terminal, [one?.off ?? cli("talk.wrong")]);
      else if (!on.delete(one.value)) on.add(one.value);
    }
  }
}

/** 0 for anything but a number, since lists start at 1. */
function numberIn(text: string): number {
  return /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
}

async function waited(terminal: Terminal, { what, settled, skip }: Waiting): Promise<void> {
  const { words } = terminal;
  sayWords(terminal, [what, ...(skip ? [words.cli("talk.skip")] : [])]);
  const stop = skip ? onEnter(terminal, skip) : () => {};
  await settled;
  stop();
}
