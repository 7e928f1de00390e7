/** What holds on every page: its language, and words of its own where something broke. */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

test("the language changes on the page one is on, and stays", async ({ page }) => {
  const setup = await startSetup(await makeHome());
  try {
    await page.goto(setup.url);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { name: "Paste your OpenAI API key" })).toBeVisible();
    await page.getByRole("button", { name: "Language English" }).click();
    await page.getByRole("button", { name: "Français" }).click();
    await expect(page.getByRole("heading", { name: "Collez votre clé API OpenAI" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await expect(page.getByRole("button", { name: "Langue Français" })).toBeVisible();
    await expect(page.getByRole("button", { name: "English" })).toBeHidden();
    await page.goto(new URL("/model", setup.url).href);
    await expect(page.getByRole("heading", { name: "Collez votre clé API OpenAI" })).toBeVisible();
  } finally {
    await setup.close();
  }
});

test("no step is wider than a screen of 320 pixels", async ({ browser }) => {
  const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  const fits = async () =>
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  try {
    await page.goto(setup.url);
    await fits();
    await page.getByRole("button", { name: "Continue" }).click();
    await page
      .getByRole("textbox", { name: "OpenAI API key" })
      .fill("sk-proj-test-works-0123456789");
    await fits();
    for (const title of ["Pick a model", "Review what will be written"]) {
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page.getByRole("heading", { name: title })).toBeVisible();
      await fits();
    }
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("OpenClaw is not installed here")).toBeVisible();
    await fits();
  } finally {
    await page.close();
    await setup.close();
    await openai.close();
  }
});

test("a page that cannot be made says so in the person's language", async ({ browser }) => {
  const page = await browser.newPage({ locale: "fr-FR" });
  const home = await makeHome();
  await mkdir(join(home, ".openclaw", "openclaw.json"), { recursive: true });
  const setup = await startSetup(home);
  try {
    await page.goto(setup.url);
    await expect(
      page.getByRole("alert").filter({ hasText: "Ce n’est pas un fichier ordinaire" }),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: "Réessayer" })).toBeVisible();
  } finally {
    await page.close();
    await setup.close();
  }
});
