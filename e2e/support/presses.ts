/** What a person does between two moments: presses of the mouse, and the seconds that pass. */

import { mkdir, writeFile } from "node:fs/promises";
import type { Page } from "@playwright/test";

export interface Presses {
  /** Writes what was done so far to `test-results/presses-NAME.json`, under this moment. */
  note(moment: string): Promise<void>;
}

export async function countPresses(page: Page, name: string): Promise<Presses> {
  let presses = 0;
  const [began, moments] = [Date.now(), {} as Record<string, object>];
  await page.exposeFunction("notePress", () => {
    presses += 1;
  });
  await page.addInitScript(() => {
    const note = () => (window as unknown as { notePress: () => void }).notePress();
    window.addEventListener("pointerdown", note, true);
  });
  return {
    async note(moment) {
      moments[moment] = { presses, seconds: Math.round((Date.now() - began) / 100) / 10 };
      await mkdir("test-results", { recursive: true });
      await writeFile(`test-results/presses-${name}.json`, JSON.stringify(moments, null, 2));
    },
  };
}
