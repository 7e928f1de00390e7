/** Nothing installed: the files are made for the release that is going to be, and are right for the real one. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-target-7f3a9b2c4d5e6f70";

test("an older release gets its own model, its own config and its own way to install", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await page.goto(setup.url);
    const release = page.getByRole("combobox", { name: "Release to install" });
    await expect(release.locator("option:checked")).toHaveText(/\(newest\)$/u);
    await release.selectOption("2026.2.9");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
    await page.getByRole("button", { name: "Continue" }).click();
    // Released before gpt-5.5 was known to it.
    await expect(page.getByRole("radio", { name: "openai/gpt-5.2 Recommended" })).toBeChecked();
    await page.getByRole("button", { name: "Continue" }).click();
    // A key of the newer releases, which makes this one refuse the whole file.
    await expect(page.getByRole("region", { name: "Preview" })).not.toContainText("agentRuntime");
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("npm install -g openclaw@2026.2.9", { exact: true })).toBeVisible();
    await expect(page.getByText("It needs Node.js 22.12 or newer.")).toBeVisible();
    const written = await readFile(join(setup.home, ".openclaw", "openclaw.json"), "utf8");
    expect(written).toContain("openai/gpt-5.2");
    expect(written).not.toContain("agentRuntime");

    await page.goto(new URL("/", setup.url).href);
    await expect(page.getByRole("combobox", { name: "Release to install" })).toHaveValue(
      "2026.2.9",
    );
  } finally {
    await setup.close();
    await openai.close();
  }
});
