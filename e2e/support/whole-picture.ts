/** Takes a picture of a whole page in a window as tall as the page, where nothing sticks to an edge midway. */

import type { Page } from "@playwright/test";

/** Playwright's own `fullPage` lets a phone forget that it is one. */
export async function wholePicture(page: Page, path: string): Promise<void> {
  const own = page.viewportSize();
  if (own === null) throw new Error("no window");
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: own.width, height: Math.max(own.height, whole) });
  await page.screenshot({ path });
  await page.setViewportSize(own);
}
