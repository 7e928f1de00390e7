/** Every wait while it lasts: what it says and to whom, how it is stopped, and where one is then. */

import { type Browser, expect, type Page, test } from "@playwright/test";
import { type ChatGptBackend, startChatGptBackend } from "@/e2e/servers/chatgpt-backend";
import { type ChatGptIssuer, startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { chooseChatGpt, signedIn, signIn } from "@/e2e/support/sign-in";

const SLOW_KEY = "sk-proj-test-slow-waits-7f3a9b2c4d5e6f70";

let openai: OpenAiServer;
let service: ChatGptIssuer;
let backend: ChatGptBackend;
let setup: SetupServer;

test.beforeEach(async () => {
  openai = await startOpenAiServer();
  service = await startChatGptIssuer();
  backend = await startChatGptBackend();
  setup = await startSetup(await makeHome(), {
    OPENAI_BASE_URL: openai.url,
    CHATGPT_ISSUER: service.url,
    CHATGPT_BASE_URL: backend.url,
    DISPLAY: ":0",
  });
});
test.afterEach(async () => {
  await setup.close();
  await Promise.all([openai.close(), service.close(), backend.close()]);
});

/** What stands on the page, not what is said beside it. */
const says = (page: Page, words: string) => page.getByRole("main").getByText(words);
/** What a screen reader is told, when it is ready. */
const voice = (page: Page) => page.locator("#voice");
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/** The same with scripts and without. */
function both(name: string, run: (page: Page, scripts: boolean) => Promise<void>): void {
  for (const scripts of [true, false]) {
    test(`${name}${scripts ? "" : ", without scripts"}`, async ({ browser }) => {
      const page = await open(browser, scripts);
      await run(page, scripts);
      await page.context().close();
    });
  }
}

async function open(browser: Browser, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser.newContext({ locale: "en-US", javaScriptEnabled });
  return context.newPage();
}

async function toSlowKey(page: Page): Promise<void> {
  await page.goto(setup.url);
  await press(page, "Continue");
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(SLOW_KEY);
  await press(page, "Continue");
  await expect(heading(page, "Checking your key")).toBeVisible();
}

const ASKING_ACCOUNT = "Asking ChatGPT what this account can use…";

test.describe("the seconds of a wait", () => {
  test("are counted for the eye from two on; its start and its end are said", async ({
    browser,
  }) => {
    const page = await open(browser, true);
    await toSlowKey(page);
    await expect(says(page, "Asking OpenAI which models sk-proj-")).toBeVisible();
    await expect(voice(page)).toHaveText(/^Asking OpenAI which models sk-proj-/u);
    await holds(page);
    const seconds = page.getByRole("main").getByText(/^\d+ s$/u);
    await expect(seconds).toHaveText("2 s");
    await expect(seconds).toHaveText("3 s");
    // Neither in the words that are read out, nor in what the page is to those who listen.
    await expect(voice(page)).not.toContainText("3 s");
    expect(await page.getByRole("main").ariaSnapshot()).not.toMatch(/\d s$/mu);
    openai.releaseSlow();
    await expect(heading(page, "Pick a model")).toBeVisible();
    await expect(voice(page)).toHaveText("The wait is over.");
    await page.context().close();
  });

  test("do not turn, blink or move where motion is not wanted", async ({ browser }) => {
    const context = await browser.newContext({ locale: "en-US", reducedMotion: "reduce" });
    const page = await context.newPage();
    await toSlowKey(page);
    const moving = () => page.evaluate(() => document.getAnimations().length);
    expect(await moving()).toBe(0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await expect.poll(moving).toBe(1);
    await context.close();
  });
});

test.describe("the models of a subscription", () => {
  both("are waited for in words, and are there with the answer", async (page, scripts) => {
    backend.models = ["gpt-6-astra"];
    backend.gate.close();
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
    await page.getByRole("link", { name: "Continue" }).click();
    await expect(heading(page, "Pick a model")).toBeVisible();
    await expect(says(page, ASKING_ACCOUNT)).toBeVisible();
    if (scripts) {
      await expect(voice(page)).toHaveText(ASKING_ACCOUNT);
      await holds(page);
    }
    await expect(page.getByRole("radio")).toHaveCount(0);
    backend.gate.open();
    await expect(page.getByRole("radio", { name: /openai\/gpt-6-astra/u })).toBeChecked();
    await expect(page.getByRole("radio")).toHaveCount(1);
  });

  both("not waited for: all of the release, and ChatGPT is asked no more", async (page) => {
    backend.gate.close();
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
    await page.getByRole("link", { name: "Continue" }).click();
    await press(page, "Skip this check");
    await expect(page.getByRole("radio")).toHaveCount(2);
    await expect.poll(() => backend.gate.abandoned).toBe(1);
    await page.getByRole("link", { name: "Back" }).click();
    await expect(says(page, "The check was cancelled")).toBeVisible();
  });
});
