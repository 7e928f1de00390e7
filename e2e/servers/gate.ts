/** Holds answers back until they are let through, so that a test sees what a page does meanwhile. */

import type { ServerResponse } from "node:http";

export class Gate {
  /** Asked for, held, and then given up by who asked. */
  abandoned = 0;
  #waiting: Array<() => void> | null = null;

  close(): void {
    this.#waiting ??= [];
  }

  /** For those who wait and for all who come. */
  open(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const go of waiting) go();
  }

  async pass(response: ServerResponse): Promise<void> {
    const waiting = this.#waiting;
    if (!waiting) return;
    const gone = () => {
      this.abandoned += 1;
    };
    response.once("close", gone);
    await new Promise<void>((go) => waiting.push(go));
    response.off("close", gone);
  }
}
