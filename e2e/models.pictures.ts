/** Takes the pictures of docs/models.md: what is proposed for a real release, by key and by login, of an account that lists eight models. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { installRelease } from "@/e2e/releases/install";
import { startChatGptBackend } from "@/e2e/servers/chatgpt-backend";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-picture-7f3a9b2c4d5e6f70";
const LISTED = [
  "gpt-4.1",
  "gpt-5.4",
  "gpt-5.5",
  "gpt-5.6-luna",
  "gpt-5.6-sol",
  "gpt-6-astra",
  "gpt-6-luna",
  "gpt-6-sol",
];

for (const version of ["2026.9.6", "2026.5.7"]) {
  for (const locale of ["en", "fr"]) {
    test(`${version}, ${locale}`, async ({ browser }) => {
      const release = await installRelease(version);
      const openai = await startOpenAiServer({ models: LISTED });
      const service = await startChatGptIssuer();
      const backend = await startChatGptBackend();
      backend.models = LISTED;
      const home = await makeHome();
      await mkdir(join(home, ".openclaw"), { mode: 0o700 });
      await writeFile(join(home, ".openclaw", "openclaw.json"), "{}", { mode: 0o600 });
      const setup = await startSetup(home, {
        OPENAI_BASE_URL: openai.url,
        CHATGPT_ISSUER: service.url,
        CHATGPT_BASE_URL: backend.url,
        OPENCLAW_BIN: release.cli,
        DISPLAY: ":0",
      });
      const context = await browser.newContext({ locale, reducedMotion: "reduce" });
      const page = await context.newPage();
      const picture = async (name: string) => {
        await page.locator("main details summary").first().click();
        const path = `docs/images/models-${version}-${locale}-${name}.png`;
        await page.locator("main").screenshot({ path });
        await holds(page);
      };
      const primary = page.locator("main form button.bg-accent");
      try {
        await page.goto(setup.url);
        await primary.click();
        await page.locator("#key").fill(KEY);
        await primary.click();
        await page.waitForURL("**/model");
        await expect(page.locator("input[name=model]").first()).toBeVisible();
        await picture("key");
        await page.goto(new URL("/", setup.url).href);
        await page.locator("input[value=chatgpt]").check();
        await primary.click();
        await page.waitForURL("**/sign-in");
        await page
          .locator('form[action="/sign-in/start"]:not(:has([name="switch"])) button')
          .click();
        await page.waitForURL(`${service.url}/interaction/*`);
        await page.getByRole("button", { name: "Continue" }).click();
        await page.waitForURL("**/sign-in");
        await page.locator('main a[href="/model"]').click();
        await expect(page.locator("input[name=model]").first()).toBeVisible();
        await picture("subscription");
      } finally {
        await context.close();
        await setup.close();
        await openai.close();
        await backend.close();
        await service.close();
      }
    });
  }
}
