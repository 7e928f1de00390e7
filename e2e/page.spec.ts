/** What holds on every page: its language, and words of its own where something broke. */

import { mkdir } from "node:fs/promises";
import { connect, createServer } from "node:net";
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

test("through another port or name there is a page that says why, in the visitor's language", async ({
  browser,
}) => {
  const setup = await startSetup(await makeHome());
  const { port } = new URL(setup.url);
  // A tunnel whose ends have different ports.
  const tunnel = createServer((near) => {
    const far = connect(Number(port), "127.0.0.1");
    near.pipe(far).pipe(near);
    for (const end of [near, far]) end.on("error", () => end.destroy());
  });
  try {
    await new Promise<void>((resolve) => tunnel.listen(0, "127.0.0.1", resolve));
    const address = tunnel.address();
    const end = typeof address === "object" && address ? address.port : 0;
    for (const [locale, title] of [
      ["en-US", "This address is not this page’s own"],
      ["fr-FR", "Cette adresse n’est pas celle de cette page"],
    ] as const) {
      const page = await browser.newPage({ locale });
      const answer = await page.goto(setup.url.replace(`:${port}`, `:${end}`));
      expect(answer?.status()).toBe(421);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
      await expect(page.getByText(`http://localhost:${port}`)).toBeVisible();
      await page.close();
    }
    // Nothing was used up: the link still opens, at its own address.
    const page = await browser.newPage();
    await page.goto(setup.url);
    await expect(page.getByRole("radio", { name: "API key" })).toBeVisible();
  } finally {
    tunnel.close();
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

test("a server that has ended is told, and what was typed stays", async ({ page }) => {
  const setup = await startSetup(await makeHome());
  await page.goto(setup.url);
  await page.getByRole("button", { name: "Continue" }).click();
  const field = page.getByRole("textbox", { name: "OpenAI API key" });
  await field.fill("sk-proj-test-works-0123456789");
  await setup.close();
  await expect(
    page.getByRole("alert").filter({ hasText: "OpenClaw Setup does not answer" }),
  ).toContainText("the command that started it");
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("link", { name: "Back", exact: true }).click();
  await expect(field).toHaveValue("sk-proj-test-works-0123456789");
});

test("a form sent to a server that has just ended says so in its own words", async ({ page }) => {
  const setup = await startSetup(await makeHome());
  await page.goto(setup.url);
  const button = page.getByRole("button", { name: "Continue" });
  await expect(button).toBeVisible();
  await setup.close();
  await button.click();
  await expect(
    page.getByRole("alert").filter({ hasText: "OpenClaw Setup does not answer" }).first(),
  ).toBeVisible();
});

test("every page says its own title, and a refused key has the focus", async ({ page }) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await page.goto(setup.url);
    await expect(page).toHaveTitle("Connect OpenAI to your OpenClaw · OpenClaw Setup");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveTitle("Paste your OpenAI API key · OpenClaw Setup");
    const field = page.getByRole("textbox", { name: "OpenAI API key" });
    await field.fill("sk-ant-abcdefghij");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(field).toHaveAccessibleDescription(/This is a key of Anthropic/u);
    await expect(field).toBeFocused();
    await field.fill("sk-proj-test-401-0123456789");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(field).toHaveAccessibleDescription(/OpenAI refuses this key/u);
    await expect(field).toBeFocused();
    await page.goto(new URL("/nowhere", setup.url).href);
    await expect(page).toHaveTitle("There is no such page · OpenClaw Setup");
  } finally {
    await setup.close();
    await openai.close();
  }
});
