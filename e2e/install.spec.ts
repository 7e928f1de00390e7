/** OpenClaw from npm into an empty home by a click, where the only Node is too old for it, and away again. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

test("what is missing is installed as shown, found at once, and goes again", async ({ page }) => {
  test.skip(process.env["OPENCLAW_SETUP_ONLINE"] === undefined, "fetches some 250 MB from npm");
  test.setTimeout(40 * 60_000);
  const certificates = process.env["NODE_EXTRA_CA_CERTS"];
  const setup = await startSetup(
    await makeHome(),
    certificates ? { NODE_EXTRA_CA_CERTS: certificates } : {},
  );
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
