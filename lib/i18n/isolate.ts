/** Isolates left-to-right runs in right-to-left text, where `.env` would show as `env.`. */

import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { printAST } from "@formatjs/icu-messageformat-parser/printer.js";

/** Unicode isolates (UAX 9): by the first strong letter, left to right, and the end mark. */
const [FIRST_STRONG, LEFT_TO_RIGHT, END] = ["\u2068", "\u2066", "\u2069"];
/** ASCII names, paths and commands, without the punctuation around them. */
const ASCII_RUN = /[!-~]+(?: [!-~]+)*/gu;
const RUN_PARTS = /^((?:["'(,:;!? ]|\.(?= ))*)(.*?)(["'),.:;!?]*)$/u;

export function isolateAll<T>(messages: T): T {
  if (typeof messages === "string") return isolate(messages) as T;
  const entries = Object.entries(messages as Record<string, unknown>);
  return Object.fromEntries(entries.map(([key, inner]) => [key, isolateAll(inner)])) as T;
}

export function isolate(message: string): string {
  return printAST(parse(message).flatMap(isolateElement));
}

function isolateElement(element: MessageFormatElement): MessageFormatElement[] {
  switch (element.type) {
    case TYPE.literal:
      return [{ type: TYPE.literal, value: isolateCode(element.value) }];
    case TYPE.argument:
      return [
        { type: TYPE.literal, value: FIRST_STRONG },
        element,
        { type: TYPE.literal, value: END },
      ];
    case TYPE.plural:
    case TYPE.select: {
      const options = Object.entries(element.options).map(
        ([name, option]) =>
          [name, { ...option, value: option.value.flatMap(isolateElement) }] as const,
      );
      return [{ ...element, options: Object.fromEntries(options) } as MessageFormatElement];
    }
    case TYPE.tag:
      return [{ ...element, children: element.children.flatMap(isolateElement) }];
    default:
      return [element];
  }
}

function isolateCode(text: string): string {
  return text.replace(ASCII_RUN, (run) => {
    const [, before = "", code = "", after = ""] = RUN_PARTS.exec(run) ?? [];
    return /[A-Za-z]/u.test(code) ? `${before}${LEFT_TO_RIGHT}${code}${END}${after}` : run;
  });
}
