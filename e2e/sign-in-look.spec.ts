/** Every state of the sign-in on a small screen, in both languages and themes, held against WCAG. */

import { expect, type Page, test } from "@playwright/test";
import { DEFAULT_ACCOUNT, startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { Gate } from "@/e2e/servers/gate";
import { holds } from "@/e2e/support/accessible";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";

const WORDS = {
  "en-US": {
    chatGpt: "ChatGPT subscription",
    go: "Continue",
    signIn: "Sign in with ChatGPT",
    device: "Use a device code",
    cancel: "Cancel",
    paste: "Paste an address",
    submit: "Sign in with this address",
    signedIn: "You are signed in",
  },
  "fr-FR": {
    chatGpt: "Abonnement ChatGPT",
    go: "Continuer",
    signIn: "Se connecter avec ChatGPT",
    device: "Utiliser un code d’appareil",
    cancel: "Annuler",
    paste: "Coller une adresse",
    submit: "Se connecter avec cette adresse",
    signedIn: "Vous êtes connecté",
  },
} as const;

let service: ChatGptIssuer;
let setup: SetupServer;

test.beforeEach(async () => {
  service = await startChatGptIssuer();
  service.account = { ...DEFAULT_ACCOUNT, plan: "free" };
  setup = await startSetup(await makeHome(), { CHATGPT_ISSUER: service.url, DISPLAY: ":0" });
});
test.afterEach(async () => {
  await setup.close();
  await service.close();
});

async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/sign-in-${name}.png`, fullPage: true });
  await holds(page);
}

for (const [locale, colorScheme] of [
  ["en-US", "light"],
  ["fr-FR", "dark"],
] as const) {
  test(`${locale}, ${colorScheme}`, async ({ browser }) => {
    const viewport = { width: 320, height: 640 };
    const context = await browser.newContext({
      viewport,
      locale,
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const words = WORDS[locale];
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    const refused = page.getByRole("main").getByRole("alert");
    await page.goto(setup.url);
    await page.getByRole("radio", { name: words.chatGpt }).check();
    await picture(page, `choose-${locale}`);
    await press(words.go);
    await expect(page.getByRole("button", { name: words.signIn })).toBeVisible();
    await picture(page, `ways-${locale}`);

    await press(words.device);
    await expect(page.getByTestId("user-code")).toBeVisible();
    await picture(page, `device-${locale}`);
    await press(words.cancel);

    await press(words.paste);
    await press(words.submit);
    await expect(refused).toBeVisible();
    await picture(page, `paste-${locale}`);
    await page.goto(new URL("/sign-in", setup.url).href);

    service.fault = "no-entitlement";
    await press(words.signIn);
    await press("Continue");
    await expect(refused).toContainText("Codex");
    await picture(page, `refused-${locale}`);
    service.fault = null;
    await press(words.signIn);
    await press("Continue");
    await expect(page.getByRole("heading", { name: words.signedIn })).toBeVisible();
    await picture(page, `account-${locale}`);
    await context.close();
  });
}

/** What is on the page and could be lost with the colours of the design: its edges, and where the focus is. */
async function showsItself(page: Page): Promise<void> {
  const lost = await page.evaluate(() => {
    const seen = (element: Element) => element.checkVisibility() && element.clientHeight > 1;
    const edged = [...document.querySelectorAll("main button, main input:not([type=hidden])")];
    const flat = edged.filter(seen).filter((element) => {
      const { borderTopWidth, borderTopColor, backgroundColor } = getComputedStyle(element);
      const plain = element.matches("input[type=radio]");
      return !plain && (borderTopWidth === "0px" || borderTopColor === backgroundColor);
    });
    return flat.map((element) => element.outerHTML);
  });
  expect(lost).toEqual([]);
  const stops = await page
    .locator("main :is(a, button, summary, input):not([type=hidden])")
    .filter({ visible: true })
    .count();
  expect(stops).toBeGreaterThan(0);
  await page.locator("main").evaluate((main) => {
    main.tabIndex = -1;
    main.focus();
  });
  for (let stop = 0; stop < stops; stop += 1) {
    await page.keyboard.press("Tab");
    const [width, style, same, html] = await page.evaluate(() => {
      const focused = document.activeElement ?? document.body;
      const { outlineWidth, outlineStyle, outlineColor } = getComputedStyle(focused);
      const ground = getComputedStyle(document.body).backgroundColor;
      return [outlineWidth, outlineStyle, outlineColor === ground, focused.outerHTML] as const;
    });
    expect([Number.parseFloat(width) >= 2, style !== "none", same], html).toEqual([
      true,
      true,
      false,
    ]);
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`with forced colours, ${colorScheme}: all is there, and the focus is seen`, async ({
    browser,
  }) => {
    const context = await browser.newContext({
      locale: "en-US",
      forcedColors: "active",
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    const look = async () => {
      // What contrast the system's dark colours have in this browser's emulation is not the page's doing.
      if (colorScheme === "light") await holds(page);
      await showsItself(page);
    };
    await page.goto(setup.url);
    await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
    await press("Continue");
    await expect(page.getByRole("button", { name: "Sign in with ChatGPT" })).toBeVisible();
    await look();
    await press("Use a device code");
    const qr = page.getByRole("img", { name: /^QR code/u });
    // Dark on light, or no camera reads it.
    await expect(qr).toHaveCSS("background-color", "rgb(255, 255, 255)");
    await look();
    await press("Cancel");
    await press("Paste an address");
    await press("Sign in with this address");
    await expect(page.getByText("There is no address yet")).toBeVisible();
    await look();
    await page.goto(new URL("/sign-in", setup.url).href);
    const token = new Gate();
    service.gates.set("/oauth/token", token);
    token.close();
    await press("Sign in with ChatGPT");
    await press("Continue");
    await expect(page.getByRole("heading", { name: "Signing you in" })).toBeVisible();
    await look();
    token.open();
    await expect(page.getByRole("heading", { name: "You are signed in" })).toBeVisible();
    await look();
    await context.close();
  });
}

test("a phone is shown no code that its own camera would have to read", async ({ browser }) => {
  const viewport = { width: 390, height: 780 };
  const context = await browser.newContext({ viewport, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  await page.goto(setup.url);
  await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Use a device code" }).click();
  await expect(page.getByTestId("user-code")).toBeVisible();
  const code = page.locator("main svg[role=img]");
  await expect(code).toHaveCount(1);
  await expect(code).toBeHidden();
  await context.close();
});
