/** Runs the terminal conversation in this process, with a user who answers from a set of choices. */

import { PassThrough } from "node:stream";
import { readCommandOptions } from "@/cli/options";
import type { Asker, Offer } from "@/cli/talk/asker";
import { talk } from "@/cli/talk/talk";
import { wordsIn } from "@/lib/i18n/words";
import type { Environment } from "@/lib/openclaw/places/home";
import type { Answers } from "@/lib/visit/choices/answers";
import en from "@/messages/en.json";

/** Throws where nothing was written. */
export async function writeAsTalk(env: Environment, answers: Answers, key: string): Promise<void> {
  const options = readCommandOptions([], []);
  if (!options.ok) throw new Error(options.error.detail);
  const screen = new PassThrough();
  screen.resume();
  const terminal = {
    env,
    words: wordsIn("en", en),
    stdin: process.stdin,
    stdout: screen,
    stderr: screen,
    isInteractive: true,
    isPlain: true,
    goToPage: null,
    signal: new AbortController().signal,
  };
  const said: string[] = [];
  const asker = userWith(answers, key, said);
  const ended = await talk({ options: options.value, terminal, asker });
  if (!ended.ok || !said.includes(en.done.written)) throw new Error(said.join("\n"));
}

function userWith(answers: Answers, key: string, said: string[]): Asker {
  const toChange = new Set(["choose", "form"]);
  const wanted: unknown[] = [
    "api-key",
    "other",
    "end",
    ...(answers.model === undefined ? [] : ["own"]),
  ];
  const choose = <T>(offers: readonly Offer<T>[], preset: T): T => {
    const values: readonly unknown[] = offers.map(({ value }) => value);
    const has = (value: unknown) => values.includes(value);
    const [change] = [...toChange].filter(has);
    if (has("leave")) {
      if (change !== undefined) toChange.delete(change);
      return offers[values.indexOf(change ?? "write")]?.value ?? preset;
    }
    const own = [answers.otherDefault, answers.keyForm, ...wanted].find(
      (value) => value !== undefined && has(value),
    );
    return offers[values.indexOf(own)]?.value ?? preset;
  };
  return {
    title: (text) => void said.push(text),
    say: (lines) => void said.push(...lines),
    show: (lines) => void said.push(...lines),
    choose: async (_question, offers, preset) => choose(offers, preset),
    search: async (_question, offers) => offers[0]?.value ?? null,
    switches: async (_question, switches) =>
      switches
        .filter(({ value, isOn, off }) => {
          const id = String(value);
          return (
            off === undefined &&
            !answers.declined.includes(id) &&
            (isOn || answers.accepted.includes(id))
          );
        })
        .map(({ value }) => value),
    text: async () => answers.model ?? "",
    secret: async () => key,
    wait: async ({ settled }) => void (await settled),
  };
}
