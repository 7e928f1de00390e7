/** The rehearsal on the review: what it saw, what it objects to, the repair by one button, and that nobody waits for it. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { walkToModels } from "@/e2e/support/key-walk";
import { startSetup } from "@/e2e/support/setup-server";
import { installFakeRelease } from "@/lib/setup/verify/rehearsal/testing/fake-release";

const KEY = "sk-proj-test-works-canary-7f3a9b2c4d5e6f70";
const OTHER = "sk-proj-other0canary0a1b2c3d4e5f60718293";

async function toReview(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await walkToModels(page, KEY);
  await page.getByRole("radio", { name: /openai\/gpt-5\.5(?: |$)/u }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/review$/u);
}

/** What stands on the page, without what is read out beside it. */
const inMain = (page: Page, words: RegExp | string) => page.getByRole("main").getByText(words);

async function scene(vars: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), "openclaw-setup-rehearsal-"));
  const found = installFakeRelease(folder);
  const home = join(folder, "home");
  await writeFile(
    join(home, ".openclaw", "openclaw.json"),
    JSON.stringify({ env: { vars } }, null, 2),
  );
  const openai = await startOpenAiServer();
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: found["OPENCLAW_BIN"] ?? "",
  });
  const close = async () => {
    await setup.close();
    await openai.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { setup, close };
}

test("says what would be sent; another key is named, and taken out by one button", async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { setup, close } = await scene({ OPENAI_API_KEY: OTHER });
  try {
    await toReview(page, setup.url);
    const good = inMain(page, /^Rehearsed: your OpenClaw 2026\.9\.6 sends your API key to/u);
    await expect(good).toBeVisible({ timeout: 60_000 });
    const box = page.getByRole("checkbox", { name: "Remove the other OpenAI key from env.vars" });
    await box.uncheck();
    const objection = page.getByRole("alert").filter({ hasText: "another credential" });
    await expect(objection).toBeVisible({ timeout: 60_000 });
    await expect(objection).toContainText("env.vars.OPENAI_API_KEY");
    await page.screenshot({ path: test.info().outputPath("objection.png"), fullPage: true });
    expect(await page.content()).not.toContain(OTHER);
    await objection.getByRole("button", { name: "Put this into the plan" }).first().click();
    await expect(box).toBeChecked();
    await expect(good).toBeVisible({ timeout: 60_000 });
    await page.screenshot({ path: test.info().outputPath("rehearsed.png"), fullPage: true });
  } finally {
    await close();
  }
});

test("is waited for by nobody", async ({ page }) => {
  test.setTimeout(180_000);
  const { setup, close } = await scene({ REHEARSAL: JSON.stringify({ hang: true }) });
  try {
    await toReview(page, setup.url);
    await expect(inMain(page, /^Rehearsing with your OpenClaw/u)).toBeVisible();
    await page.screenshot({ path: test.info().outputPath("rehearsing.png"), fullPage: true });
    await page.getByRole("button", { name: "Skip the rehearsal" }).click();
    await expect(inMain(page, "Nothing was rehearsed")).toBeVisible();
    await page.getByRole("button", { name: "Rehearse again" }).click();
    await expect(inMain(page, /^Rehearsing with your OpenClaw/u)).toBeVisible();
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written").first()).toBeVisible({ timeout: 60_000 });
  } finally {
    await close();
  }
});
