/** OpenClaw from npm into an empty home by a click, where the only Node is too old for it, and away again. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const CERTIFICATES = process.env["NODE_EXTRA_CA_CERTS"];
const ENVIRONMENT = CERTIFICATES ? { NODE_EXTRA_CA_CERTS: CERTIFICATES } : {};

test("what is missing is installed as shown, found at once, and goes again", async ({ page }) => {
  test.skip(process.env["OPENCLAW_SETUP_ONLINE"] === undefined, "fetches some 250 MB from npm");
  test.setTimeout(40 * 60_000);
  const setup = await startSetup(await makeHome(), ENVIRONMENT);
  const folder = join(setup.home, ".local/share/openclaw-setup");
  try {
    await page.goto(setup.url);
    const offer = page.getByRole("region", { name: "OpenClaw is not installed yet" });
    await expect(offer).toContainText("2026.9.6");
    await expect(offer).toContainText("~/.local/share/openclaw-setup");
    await page.screenshot({ path: "test-results/install-offer.png", fullPage: true });
    expect(existsSync(folder)).toBe(false);
    await offer.getByRole("button", { name: "Install OpenClaw" }).click();
    await expect(page.locator("#content").getByText("npm is installing")).toBeVisible();
    await page.screenshot({ path: "test-results/install-running.png", fullPage: true });
    await expect(page.getByText("OpenClaw and a Node for it are installed")).toBeVisible({
      timeout: 30 * 60_000,
    });
    const found = page.getByRole("region", { name: "Found on this machine" });
    await expect(found).toContainText("OpenClaw 2026.9.6");
    await page.screenshot({ path: "test-results/install-done.png", fullPage: true });
    await page.getByRole("button", { name: "Remove it again" }).click();
    await expect(offer).toBeVisible({ timeout: 60_000 });
    expect(existsSync(folder)).toBe(false);
  } finally {
    await setup.close();
  }
});

test("a release that knows none of the account's models is updated, and comes back", async ({
  page,
}) => {
  test.skip(process.env["OPENCLAW_SETUP_ONLINE"] === undefined, "fetches some 750 MB from npm");
  test.setTimeout(90 * 60_000);
  const openai = await startOpenAiServer({ models: ["gpt-6-sol", "gpt-6-luna"] });
  const setup = await startSetup(await makeHome(), { ...ENVIRONMENT, OPENAI_BASE_URL: openai.url });
  const about = join(setup.home, ".local/share/openclaw-setup/node_modules/openclaw/package.json");
  const installed = () => JSON.parse(readFileSync(about, "utf8")).version;
  // The package is found before npm has ended.
  const ended = async () => {
    const running = page.locator("#content").getByText("npm is installing");
    await expect(running).toBeVisible();
    await expect(running).toHaveCount(0, { timeout: 30 * 60_000 });
  };
  try {
    await page.goto(setup.url);
    await page.getByRole("combobox", { name: "Release to install" }).selectOption("2026.7.1");
    await page.getByRole("button", { name: "Install OpenClaw" }).click();
    await ended();
    const found = page.getByRole("region", { name: "Found on this machine" });
    await expect(found).toContainText("OpenClaw 2026.7.1");
    expect(installed()).toBe("2026.7.1");
    await page.getByRole("radio", { name: "API key" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    const key = "sk-test-works-0123456789abcdef0123456789ab6f70";
    await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "See what an update would run" }).click({
      timeout: 120_000,
    });
    const offer = page.getByRole("region", { name: "Your OpenClaw is too old for this" });
    await expect(offer).toContainText("openclaw@2026.9.6");
    await page.screenshot({ path: "test-results/update-offer.png", fullPage: true });
    await offer.getByRole("button", { name: "Update OpenClaw" }).click();
    await ended();
    await expect(found).toContainText("OpenClaw 2026.9.6");
    await page.screenshot({ path: "test-results/update-done.png", fullPage: true });
    expect(installed()).toBe("2026.9.6");
    await page.getByRole("button", { name: "Bring 2026.7.1 back" }).click();
    await expect(found).toContainText("OpenClaw 2026.7.1", { timeout: 30 * 60_000 });
    expect(installed()).toBe("2026.7.1");
    await page.screenshot({ path: "test-results/update-back.png", fullPage: true });
  } finally {
    await setup.close();
    await openai.close();
  }
});
