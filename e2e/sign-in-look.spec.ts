/** Every state of the sign-in on a small screen, in both languages and themes, held against WCAG. */

import { expect, type Page, test } from "@playwright/test";
import {
  type ChatGptIssuer,
  DEFAULT_ACCOUNT,
  startChatGptIssuer,
} from "@/e2e/servers/chatgpt-issuer";
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
    cancel: "Arrêter",
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
