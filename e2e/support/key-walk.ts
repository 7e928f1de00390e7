/** The walk of an API key, from the first page to the models and to the review. */

import { expect, type Page } from "@playwright/test";

/** From the first page. */
export async function walkToModels(page: Page, key: string): Promise<void> {
  await page.getByRole("radio", { name: "API key" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
}

/** From the first page, with the proposed model or the one that `model` names. */
export async function walkToReview(page: Page, key: string, model?: string): Promise<void> {
  await walkToModels(page, key);
  if (model !== undefined) await nameModel(page, model);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(
    page.getByRole("heading", { name: /Review what will be written|Nothing can be written yet/u }),
  ).toBeVisible();
}

/** Types a reference where the models stand. */
export async function nameModel(page: Page, ref: string): Promise<void> {
  await page.getByText("Another model").click();
  await page.getByRole("textbox", { name: /Model reference/u }).fill(ref);
}
