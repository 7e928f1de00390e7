/** What every page has to hold against: as wide as the screen at most, a title, no rule of WCAG 2.2 broken. */

import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The context must not be the one of `browser.newPage`: axe opens a page of its own beside this one. */
export async function holds(page: Page): Promise<void> {
  const width = page.viewportSize()?.width ?? 0;
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(width);
  // For a moment after a step Next.js has taken the old title away and not yet set the new one.
  await expect(page).toHaveTitle(/OpenClaw Setup/u);
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}
