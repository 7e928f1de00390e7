// A wait in the terminal that moves: what is going on, its seconds, and the last line of the program that does it.

import { stripVTControlCharacters } from "node:util";

const EVERY_MS = 1000;
/** Before that a wait needs no seconds. */
const FROM_MS = 2000;

/**
 * Starts to show the wait. Where nobody looks, as in a log, and in a terminal that cannot rewrite a line, it is
 * the one line alone.
 * @param {string} text
 * @returns {{ heard: (line: string) => void, end: () => void }} `heard` takes a line of that program; `end` is due once
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
    // A line that wraps could not be written over.
    stdout.write(`\r\u001b[K${[...whole].slice(0, Math.max(20, stdout.columns - 1)).join("")}`);
  };
  draw();
  const timer = setInterval(draw, EVERY_MS);
  return {
    heard: (line) => {
      // Nothing of another program moves the cursor.
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
