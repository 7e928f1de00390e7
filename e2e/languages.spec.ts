/** Every language walks the whole path, on a narrow phone, in its own direction. */

import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { familiesHere, fitsWithTextSpacing } from "@/e2e/support/fonts";
import { makeHome, startSetup } from "@/e2e/support/setup-server";
import { directionOf, LOCALES, OWN_NAMES } from "@/lib/i18n/locales";

const KEY = "sk-proj-test-works-language-7f3a9b2c4d5e6f70";
const PHONE = { width: 320, height: 640 };
test.setTimeout(120_000);

for (const locale of LOCALES) {
  test(`the path in ${OWN_NAMES[locale]}`, async ({ browser }) => {
    const openai = await startOpenAiServer();
    const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
    const context = await browser.newContext({ locale, viewport: PHONE, reducedMotion: "reduce" });
    const page = await context.newPage();
    const primary = page.locator("main form button.bg-accent");
    let families: Awaited<ReturnType<typeof familiesHere>> = [];
    const look = async () => {
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.locator("html")).toHaveAttribute("dir", directionOf(locale));
      await holds(page);
      await fitsWithTextSpacing(page, families);
    };
    try {
      families = await familiesHere(page);
      await page.goto(setup.url);
      await expect(primary).toBeVisible();
      await look();
      await page.locator("header button[popovertarget=languages]").click();
      await look();
      await page.keyboard.press("Escape");
      await primary.click();
      await page.locator("#key").fill("sk-ant-abcdefghij");
      await primary.click();
      await page.locator("#key-error").waitFor();
      await look();
      await page.locator("#key").fill(KEY);
      await primary.click();
      await page.waitForURL("**/model");
      await look();
      await primary.click();
      await page.waitForURL("**/review");
      await expect(page.locator("table").first()).toBeVisible();
      await look();
      await primary.click();
      await page.getByText("npm install -g").waitFor();
      await look();
      expect(setup.output()).not.toContain("MISSING_MESSAGE");
    } finally {
      await context.close();
      await setup.close();
      await openai.close();
    }
  });
}

test("a path keeps its order inside Arabic, and a code field its direction", async ({
  browser,
}) => {
  const setup = await startSetup(await makeHome());
  const page = await browser.newPage({ locale: "ar" });
  try {
    await page.goto(setup.url);
    const found = page.locator("section[aria-labelledby=found] li", { hasText: "openclaw.json" });
    // Where its first sign stands and where its last: from left to right, whatever is around it.
    const [start, end] = await found.evaluate((line) => {
      const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      let node = texts.nextNode();
      while (node && !node.textContent?.includes("~/.openclaw")) node = texts.nextNode();
      const at = node?.textContent?.indexOf("~/.openclaw/openclaw.json") ?? -1;
      const place = (offset: number) => {
        const range = document.createRange();
        range.setStart(node as Node, offset);
        range.setEnd(node as Node, offset + 1);
        return range.getBoundingClientRect().left;
      };
      return [place(at), place(at + "~/.openclaw/openclaw.jso".length)];
    });
    expect(start).toBeLessThan(end ?? 0);
    await page.locator("main form button.bg-accent").click();
    await expect(page.locator("#key")).toHaveCSS("direction", "ltr");
  } finally {
    await page.close();
    await setup.close();
  }
});

test("the terminal speaks the language that was asked for", async () => {
  const setup = await startSetup(await makeHome(), {}, ["--no-open", "--locale", "pt"]);
  expect(setup.output()).toContain("Iniciando");
  await setup.close();
});
