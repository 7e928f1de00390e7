// Shows a wait in the terminal: the task, its seconds and the last line of output.

import { stripVTControlCharacters } from "node:util";

const EVERY_MS = 1000;
const FROM_MS = 2000;

/**
 * Prints a single line if the output is not a terminal or cannot be rewritten.
 * @param {string} text
 * @returns {{ heard: (line: string) => void, end: () => void }} `heard` takes a line of output; call `end` once
 */
export function showWait(text) {
  const { stdout, env } = process;
  if (!stdout.isTTY || env["TERM"] === "dumb") {
    stdout.write(`${text}\n`);
    return { heard: () => {}, end: () => {} };
  }
  const began = performance.now();
  let last = "";
  const draw = () => {
    const passed = performance.now() - began;
    const seconds = passed < FROM_MS ? "" : ` ${Math.round(passed / 1000)} s`;
    const whole = `${text}${seconds}${last === "" ? "" : `  ${last}`}`;
    // A wrapped line could not be overwritten.
    stdout.write(`\r\u001b[K${[...whole].slice(0, Math.max(20, stdout.columns - 1)).join("")}`);
  };
  draw();
  const timer = setInterval(draw, EVERY_MS);
  return {
    heard: (line) => {
      // Control codes of the other program must not move the cursor.
      const plain = stripVTControlCharacters(line)
        .replace(/\p{Cc}/gu, "")
        .trim();
      if (plain !== "") last = plain;
    },
    end: () => {
      clearInterval(timer);
      stdout.write(`\r\u001b[K${text}\n`);
    },
  };
}
