/** Every step in a browser that has never been here, beside the bare page in the same browser. */

import { rm } from "node:fs/promises";
import { type Browser, chromium, type Page } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";
import { CHROMIUM_ARGUMENTS, type Visit, visitStep } from "../browser";
import type { Context } from "../context";
import { startFloor } from "../floor";
import { type Row, rowOf } from "../row";
import { alternately } from "../stats";
import { STAGES } from "../steps";

/** Kilobytes of script and style that no step may need, whatever the bare page needs. */
const HEAVIEST = 154;
const FLOOR = "bare page";

export async function pagesRows(context: Context): Promise<Row[]> {
  const folder = await context.floor();
  const home = await makeHome();
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  const floor = await startFloor(folder, home);
  const { chromium: executablePath } = context;
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
  try {
    return await measure(context, browser, setup.url, floor.url);
  } finally {
    await browser.close();
    await floor.close();
    await setup.close();
    await openai.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function measure(
  { runs, say }: Context,
  browser: Browser,
  link: string,
  floorUrl: string,
): Promise<Row[]> {
  const visitor = await browser.newContext({ locale: "en-US" });
  const page = await visitor.newPage();
  await page.goto(link);
  const { origin } = new URL(link);
  const bare = {
    name: FLOOR,
    url: floorUrl,
    interact: (barePage: Page) => barePage.getByRole("button").click(),
  };
  const rows: Row[] = [];
  let heaviest: readonly number[] = [0];
  for (const { step, prepare } of STAGES) {
    await prepare(page, origin);
    say(`pages: ${step.name}`);
    const state = await visitor.storageState();
    const measured = await alternately(
      runs(5),
      () => visitStep(browser, { ...step, url: `${origin}${step.path}` }, state),
      () => visitStep(browser, bare, undefined),
    );
    const row = { group: "pages", floorName: FLOOR };
    const pair = (of: (visit: Visit) => number) => ({
      ours: measured.ours.map(of),
      floor: measured.floor.map(of),
    });
    const weight = pair(({ script, style }) => (script + style) / 1000);
    if (Math.min(...weight.ours) > Math.max(...heaviest)) heaviest = weight.ours;
    const name = (what: string) => `${step.name}: ${what}`;
    rows.push(
      rowOf({ ...row, name: name("JavaScript and CSS"), unit: "kB", ...weight, goal: 1.12 }),
      rowOf({ ...row, name: name("LCP"), unit: "ms", ...pair(({ lcp }) => lcp) }),
      rowOf({ ...row, name: name("INP"), unit: "ms", ...pair(({ inp }) => inp) }),
      rowOf({
        group: "pages",
        name: name("layout shift"),
        unit: "",
        ours: measured.ours.map(({ cls }) => cls),
        limit: 0,
      }),
    );
  }
  await visitor.close();
  const name = "heaviest step: JavaScript and CSS";
  return [...rows, rowOf({ group: "pages", name, unit: "kB", ours: heaviest, limit: HEAVIEST })];
}
