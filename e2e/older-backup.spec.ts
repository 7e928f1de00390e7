/** A config started afresh beside OpenClaw's copy of an older one: the page says so, and Undo brings the copy back. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const OTHER_KEY = "sk-ant-api03-made-up-aaaabbbbccccdddd";
const OLDER = `${JSON.stringify({
  agents: { defaults: { model: { primary: "anthropic/claude-opus-4-5" } } },
  env: { vars: { ANTHROPIC_API_KEY: OTHER_KEY } },
  gateway: { mode: "local" },
  meta: { lastTouchedVersion: "2026.7.1" },
})}\n`;

test("an older openclaw.json.bak gives way, and comes back", async ({ page }) => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const config = join(home, ".openclaw", "openclaw.json");
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  await writeFile(`${config}.bak`, OLDER, { mode: 0o600 });
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
  try {
    await page.goto(setup.url);
    await page.getByRole("radio", { name: "API key" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    const key = "sk-proj-test-works-canary-7f3a9b2c4d5e6f70";
    await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "Pick a model" }).waitFor();
    await page.getByRole("button", { name: "Continue" }).click();

    const offer = page.getByRole("checkbox", { name: /openclaw\.json\.bak/u });
    await expect(offer).toBeChecked();
    await expect(page.getByRole("region", { name: "Preview" })).toContainText("openclaw.json.bak");
    expect(await page.content()).not.toContain(OTHER_KEY);
    await page.screenshot({ path: "test-results/older-backup.png", fullPage: true });
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written")).toBeVisible();
    const written = await readFile(config, "utf8");
    expect(written).toContain("openai/gpt-5.5");
    expect(await readFile(`${config}.bak`, "utf8")).toBe(written);

    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The change was undone")).toBeVisible();
    expect(await readFile(`${config}.bak`, "utf8")).toBe(OLDER);
  } finally {
    await setup.close();
    await openai.close();
  }
});
