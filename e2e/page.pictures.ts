/** Takes a picture of every state of the API-key path, to be looked at, and holds each against WCAG. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { makeHome, startSetup } from "@/e2e/support/setup-server";
import { wholePicture } from "@/e2e/support/whole-picture";

const KEY = "sk-proj-test-works-picture-7f3a9b2c4d5e6f70";
const CONFIG = `{
  // The kitchen tablet talks to this one.
  gateway: { mode: "local", bind: "loopback", auth: { mode: "token", token: "0123456789abcdef0123" } },
  agents: {
    defaults: { model: { primary: "openai/gpt-5.2" } },
  },
}
`;
const SLOW_KEY = "sk-proj-test-slow-picture-7f3a9b2c4d5e6f70";
/** The name of the button in a language. */
async function undoIn(locale: string): Promise<string> {
  const messages = await readFile(join("messages", `${locale}.json`), "utf8");
  return (JSON.parse(messages) as { done: { undo: string } }).done.undo;
}
const SCREENS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 780 } };

for (const locale of ["en", "fr", "ar", "ja"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      test(`${locale}, ${colorScheme}, ${screen}`, async ({ browser }) => {
        const openai = await startOpenAiServer();
        const home = await makeHome();
        await mkdir(join(home, ".openclaw"), { mode: 0o700 });
        await writeFile(join(home, ".openclaw", "openclaw.json"), CONFIG, { mode: 0o600 });
        const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
        const context = await browser.newContext({
          colorScheme,
          viewport,
          // A phone shows no QR code of itself.
          isMobile: screen === "phone",
          hasTouch: screen === "phone",
          locale,
          reducedMotion: "reduce",
        });
        const page = await context.newPage();
        const pathOf = (name: string) =>
          `test-results/screenshots/${locale}-${colorScheme}-${screen}-${name}.png`;
        const picture = async (name: string) => {
          await wholePicture(page, pathOf(name));
          await holds(page);
        };
        const primary = page.locator("main form button.bg-accent");
        const offer = async (key: string) => {
          await page.locator("#key").fill(key);
          await primary.click();
        };
        try {
          await page.goto(setup.url);
          await expect(primary).toBeVisible();
          await picture("1-choose");
          await page.locator("[popovertarget=languages]").click();
          await page.locator("#languages").waitFor();
          await page.screenshot({ path: pathOf("1-choose-language") });
          await page.keyboard.press("Escape");
          await primary.click();
          await page.waitForURL("**/key");
          await picture("2-key");
          await offer("sk-ant-abcdefghij");
          await page.locator("#key-error").waitFor();
          await picture("3-key-refused");
          await offer("sk-test-quota-1234567890abcd");
          await page.locator('main form a[href="/model"]').waitFor();
          await picture("4-key-without-credit");
          await offer(SLOW_KEY);
          await page.locator("#key").waitFor({ state: "detached" });
          await picture("4-key-being-checked");
          await page.locator("main form button").click();
          await page.locator("#key").waitFor();
          await picture("4-key-check-cancelled");
          await offer(KEY);
          await page.waitForURL("**/model");
          await picture("5-model");
          await primary.click();
          await page.waitForURL("**/review");
          await expect(page.locator("table").first()).toBeVisible();
          await picture("6-review");
          await primary.click();
          await page.waitForURL("**/done");
          await page.getByText("npm install -g").waitFor();
          await picture("7-done");
          await page.getByRole("button", { name: await undoIn(locale), exact: true }).click();
          await page.getByText("npm install -g").waitFor({ state: "hidden" });
          await picture("7-undone");
          await page.goto(new URL("/nowhere", setup.url).href);
          await picture("8-not-found");
          await page.goto(new URL("/", setup.url).href);
          await setup.close();
          await page.locator("main [role=alert]").waitFor();
          await picture("9-server-ended");
        } finally {
          await context.close();
          await setup.close();
          await openai.close();
        }
      });
    }
  }
}
