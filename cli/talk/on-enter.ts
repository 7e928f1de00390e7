/** Enter, pressed while something is waited for. */

import type { Terminal } from "@/cli/terminal";

/** Returns what stops listening. What was typed before the wait is not meant for it. */
export function onEnter({ stdin }: Pick<Terminal, "stdin">, pressed: () => void): () => void {
  let isListening = false;
  const heard = (chunk: Buffer | string) => {
    if (isListening && /[\r\n]/u.test(String(chunk))) pressed();
  };
  stdin.on("data", heard);
  // What is there already is read at once.
  const armed = setTimeout(() => {
    isListening = true;
  }, 50);
  return () => {
    clearTimeout(armed);
    stdin.off("data", heard);
    stdin.pause();
  };
}
