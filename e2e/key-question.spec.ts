/** What looks like a secret of another service stays here until the person says that it is to be sent. */

import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const PASTED = [
  ["hunter2-correct", /shorter than any API key/u],
  ["jane.roe@example.org", /e-mail address/u],
  ["sk-or-v1-works0123456789abcdef0123456789", /a key of OpenRouter/u],
  ["eyJhbGciOiJub25lIn0.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl", /a signed-in session/u],
] as const;

test("asks first, sends nothing meanwhile, and takes another key in its place", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await page.goto(setup.url);
    await page.getByRole("radio", { name: "API key" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    const field = page.getByRole("textbox", { name: "OpenAI API key" });
    for (const [text, words] of PASTED) {
      await field.fill(text);
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page.getByText(words)).toBeVisible();
      expect(await page.content()).not.toContain(text);
      await page.screenshot({ path: test.info().outputPath("question.png"), fullPage: true });
      // Nor is it taken unsent: the next step wants a key.
      await page.goto(new URL("/model", page.url()).href);
      await expect(page).toHaveURL(/\/key$/u);
    }
    expect(openai.seen).toEqual([]);
    await page.getByRole("button", { name: "Send it to OpenAI all the same" }).click();
    await expect.poll(() => openai.seen.length).toBeGreaterThan(0);
    await expect(page.getByText(/a signed-in session/u)).toBeHidden();
    await field.fill("sk-proj-test-works-canary-7f3a9b2c4d5e6f70");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page).toHaveURL(/\/model$/u);
  } finally {
    await setup.close();
    await openai.close();
  }
});
