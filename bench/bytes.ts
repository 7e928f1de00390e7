/** `npm run bench -- --bytes`: weighs the bare page and records it for the size budget of `npm test`. */

import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { makeHome } from "@/e2e/support/setup-server";
import { CHROMIUM_ARGUMENTS, weigh } from "./browser";
import type { Context } from "./context";
import { startFloor } from "./floor";

export async function recordBytes(context: Context): Promise<void> {
  const { root, say, chromium: executablePath } = context;
  const home = await makeHome();
  const floor = await startFloor(await context.floor(), home);
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  try {
    const { script, style } = await weigh(await browser.newPage(), async (page) => {
      await page.goto(floor.url, { waitUntil: "networkidle" });
    });
    const file = join(root, "bench", "size-budget.json");
    const installed = join(root, "node_modules", "next", "package.json");
    const next = (JSON.parse(await readFile(installed, "utf8")) as { version: string }).version;
    const budget = JSON.parse(await readFile(file, "utf8")) as object;
    await writeFile(
      file,
      `${JSON.stringify({ ...budget, next, floor: { script, style } }, null, 2)}\n`,
    );
    say(`The bare page of Next.js ${next}: ${script} + ${style} bytes, recorded in ${file}`);
  } finally {
    await browser.close();
    await floor.close();
    await rm(home, { recursive: true, force: true });
  }
}
