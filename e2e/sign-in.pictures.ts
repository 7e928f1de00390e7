/** Takes a picture of every state of a ChatGPT sign-in and its hand-over, to be looked at, and holds each against WCAG. */

import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startChatGptBackend } from "@/e2e/servers/chatgpt-backend";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { Gate } from "@/e2e/servers/gate";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { writeCodexLogin } from "@/e2e/support/codex-login";
import { installHeldOpenClaw } from "@/e2e/support/fake-openclaw";
import { makeHome, startSetup } from "@/e2e/support/setup-server";
import { wholePicture } from "@/e2e/support/whole-picture";

const KEY = "sk-proj-test-works-picture-7f3a9b2c4d5e6f70";
const SCREENS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 780 } };

/** Each of the page's own forms by what it does, so that one walk serves every language. */
const at = (page: Page) => ({
  signIn: page.locator('form[action="/sign-in/start"]:not(:has([name="switch"])) button'),
  primary: page.locator("main form button.bg-accent"),
  quiet: (about: string) => page.locator(`button[aria-describedby="${about}"]`),
});

for (const locale of ["en", "fr", "ar", "ja"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      test(`${locale}, ${colorScheme}, ${screen}`, async ({ browser }) => {
        const service = await startChatGptIssuer();
        const backend = await startChatGptBackend();
        const openai = await startOpenAiServer();
        const home = await makeHome();
        await writeCodexLogin(home);
        const openclaw = await installHeldOpenClaw(join(home, "program"));
        const setup = await startSetup(home, {
          OPENCLAW_BIN: openclaw.bin,
          CHATGPT_ISSUER: service.url,
          CHATGPT_BASE_URL: backend.url,
          OPENAI_BASE_URL: openai.url,
          DISPLAY: ":0",
        });
        const isPhone = screen === "phone";
        const kind = { colorScheme, viewport, isMobile: isPhone, hasTouch: isPhone } as const;
        const look = { ...kind, locale, reducedMotion: "reduce" } as const;
        const context = await browser.newContext(look);
        const page = await context.newPage();
        const { signIn, primary, quiet } = at(page);
        const picture = async (name: string) => {
          const path = `test-results/screenshots/${locale}-${colorScheme}-${screen}-chatgpt-${name}.png`;
          await wholePicture(page, path);
          await holds(page);
        };
        const open = (path: string) => page.goto(new URL(path, setup.url).href);
        const consent = async () => {
          await page.waitForURL(`${service.url}/interaction/*`);
          await page.getByRole("button", { name: "Continue" }).click();
          await page.waitForURL("**/sign-in");
        };
        const wait = page.locator("main .waiting-sign");
        const token = new Gate();
        const alert = page.getByRole("main").getByRole("alert");
        try {
          await page.goto(setup.url);
          await page.locator('[name="auth"][value="chatgpt"]').check();
          await primary.click();
          await expect(signIn).toBeVisible();
          await picture("1-ways");
          backend.fault = "signed-out";
          await quiet("codex-risk").click();
          await expect(alert).toBeVisible();
          await picture("2-codex-refused");
          await quiet("about-device").click();
          await expect(page.getByTestId("user-code")).toBeVisible();
          await picture("3-device");
          await open("/sign-in");
          await quiet("about-paste").click();
          await page.waitForURL("**/sign-in/paste");
          await primary.click();
          await page.locator("#address-error").waitFor();
          await picture("4-paste-refused");
          for (const fault of ["denied", "no-entitlement", "html"] as const) {
            service.fault = fault;
            await open("/sign-in");
            await signIn.click();
            await consent();
            await expect(alert.first()).toBeVisible();
            await picture(`5-problem-${fault}`);
          }
          service.fault = null;
          backend.fault = "no-entitlement";
          await signIn.click();
          await consent();
          await expect(alert).toBeVisible();
          await picture("6-account-refused");
          backend.fault = null;
          service.gates.set("/oauth/token", token);
          token.close();
          backend.gate.close();
          await page.locator('form:has([name="switch"]) button').click();
          await consent();
          await wait.waitFor();
          await picture("7-being-signed-in");
          token.open();
          await expect(page.locator("main dl")).toBeVisible();
          await picture("7-signed-in-and-asked-about");
          await open("/model");
          await wait.waitFor();
          await picture("8-model-asked-about");
          backend.gate.open();
          await page.locator("main [name=model]").first().waitFor();
          await picture("8-model");
          await open("/sign-in");
          await expect(page.locator("main .bg-good").first()).toBeVisible();
          await picture("7-signed-in");
          await open("/model");
          await primary.click();
          await page.waitForURL("**/review");
          await page.locator("#backup").waitFor();
          await picture("9-review-asking");
          await openclaw.letGo("config");
          // The rehearsal is never let go.
          await expect(wait).toHaveCount(1);
          await picture("9-review");
          await page.locator('main a[href="/backup"]').click();
          await page.waitForURL("**/backup");
          await page.locator("#key").waitFor();
          await picture("10-backup");
          await page.locator("#key").fill(KEY);
          await primary.click();
          await page.waitForURL("**/review");
          await page.locator("#backup").waitFor();
          // The rehearsal is never let go.
          await expect(wait).toHaveCount(1);
          await picture("11-review-with-backup");
          await page.locator("main form.sticky button:not([name=next])").click();
          await page.waitForURL("**/done");
          await wait.waitFor();
          await picture("12-handing-over");
          await openclaw.letGo("doctor");
          await openclaw.letGo("models");
          await page.locator("main .tick").waitFor();
          await picture("13-done");
          await page.locator("footer button").click();
          await page.waitForURL("**/end");
          await picture("14-ended");
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
}
