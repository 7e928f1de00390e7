/** What each step makes a browser load, in bytes on the wire, against the budget. Nothing here looks at a clock. */

import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { weigh } from "@/bench/browser";
import { STAGES } from "@/bench/steps";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

interface Budget {
  /** The Next.js whose bare page was weighed; `npm run bench -- --bytes` weighs another. */
  readonly next: string;
  /** Bytes of the bare page, as `npm run bench` found them. */
  readonly floor: { readonly script: number; readonly style: number };
  readonly overFloor: number;
  readonly heaviest: number;
}

test("no step loads more scripts and styles than its budget", async ({ browser }) => {
  const budget: Budget = JSON.parse(await readFile("bench/size-budget.json", "utf8"));
  const installed = JSON.parse(await readFile("node_modules/next/package.json", "utf8"));
  expect(installed.version, "another Next.js: npm run bench -- --bytes").toBe(budget.next);
  const allowed = Math.min(
    budget.heaviest,
    budget.overFloor * (budget.floor.script + budget.floor.style),
  );

  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  const visitor = await browser.newContext();
  try {
    const page = await visitor.newPage();
    await page.goto(setup.url);
    const { origin } = new URL(setup.url);
    for (const { step, prepare } of STAGES) {
      await prepare(page, origin);
      // With an empty cache, as the first visit of all.
      const fresh = await browser.newContext({ storageState: await visitor.storageState() });
      const { script, style } = await weigh(await fresh.newPage(), async (opened) => {
        await opened.goto(`${origin}${step.path}`, { waitUntil: "networkidle" });
      });
      await fresh.close();
      process.stdout.write(`${step.name}: ${script} + ${style} of ${Math.floor(allowed)} bytes\n`);
      // A page without its scripts or its styles would be well within any budget.
      expect(script, step.name).toBeGreaterThan(50_000);
      expect(style, step.name).toBeGreaterThan(1000);
      expect(script + style, step.name).toBeLessThanOrEqual(allowed);
    }
  } finally {
    await visitor.close();
    await setup.close();
    await openai.close();
  }
});
