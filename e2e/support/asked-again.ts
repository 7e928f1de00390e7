/** A question that a release gave up by its own limit is asked once more, as a person would. */

import { expect, type Locator, type Page } from "@playwright/test";

/** 2026.4.15 gives up after 120 s, which its first turn through the gateway takes on a busy machine. */
export async function askedAgain(page: Page, release: string, answer: Locator): Promise<void> {
  if (release !== "2026.4.15") return;
  const failed = page.getByText("No reply came");
  await expect(answer.or(failed).first()).toBeVisible({ timeout: 600_000 });
  if (!(await failed.isVisible())) return;
  await expect(page.getByText("gateway timeout after 120000ms").first()).toBeVisible();
  await page.screenshot({ path: `test-results/answer-${release}-failed.png`, fullPage: true });
  await page.getByRole("button", { name: "Ask for a reply" }).click();
}
