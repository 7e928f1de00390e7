/** Detects Enter during a wait. */

import type { Terminal } from "@/cli/terminal";

/** Returns an unsubscribe function. Ignores input typed before the wait. */
export function onEnter({ stdin }: Pick<Terminal, "stdin">, pressed: () => void): () => void {
  let isListening = false;
  const heard = (chunk: Buffer | string) => {
    if (isListening && /[\r\n]/u.test(String(chunk))) pressed();
  };
  stdin.on("data", heard);
  // Buffered input arrives at once.
  const armed = setTimeout(() => {
    isListening = true;
  }, 50);
  return () => {
    clearTimeout(armed);
    stdin.off("data", heard);
    stdin.pause();
  };
}
