/** The API-key path for everyone: held against WCAG in every state, by keyboard alone, without scripts. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
  test,
} from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { familiesHere, fitsWithTextSpacing } from "@/e2e/support/fonts";
import { makeHome, type SetupServer, startSetup, stopGatewayOf } from "@/e2e/support/setup-server";
import { freePort, installStartingOpenClaw } from "@/e2e/support/starting-openclaw";

const KEY = "sk-proj-test-works-access-7f3a9b2c4d5e6f70";
const CONFIG = `{
  // The kitchen tablet talks to this one.
  agents: { defaults: { model: { primary: "openai/gpt-5.2" } } },
}
`;
const PHONE = { width: 320, height: 640 };
const DESKTOP = { width: 1280, height: 800 };

let openai: Awaited<ReturnType<typeof startOpenAiServer>>;
let setup: SetupServer;
test.setTimeout(180_000);
test.beforeEach(async () => {
  openai = await startOpenAiServer();
  setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
});
test.afterEach(async () => {
  await setup.close();
  await openai.close();
});

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

/** Every state of the path, `look` in each of them. */
async function everyState(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  const offer = async (key: string) => {
    await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
    await page.getByRole("button", { name: /^(?:Continue|Check again)$/u }).click();
  };
  await page.goto(setup.url);
  await expect(page.getByRole("radio", { name: "API key" })).toBeVisible();
  await look(page);
  await press(page, "Language English");
  await look(page);
  await page.keyboard.press("Escape");
  await press(page, "Continue");
  await expect(heading(page, "Paste your OpenAI API key")).toBeVisible();
  await look(page);
  await offer("sk-ant-abcdefghij");
  await expect(page.getByText("This is a key of Anthropic")).toBeVisible();
  await look(page);
  await offer("sk-test-quota-1234567890abcd");
  await expect(page.getByRole("link", { name: /without the check/u })).toBeVisible();
  await look(page);
  await offer(KEY);
  await expect(heading(page, "Pick a model")).toBeVisible();
  await look(page);
  await press(page, "Continue");
  await expect(heading(page, "Review what will be written")).toBeVisible();
  for (const summary of await page.locator("summary").all()) await summary.click();
  await look(page);
  await press(page, "Write configuration");
  await expect(page.getByText("OpenClaw is not installed here")).toBeVisible();
  await look(page);
  await press(page, "Undo");
  await expect(heading(page, "The files are as they were")).toBeVisible();
  await look(page);
  await page.goto(new URL("/nowhere", setup.url).href);
  await expect(heading(page, "There is no such page")).toBeVisible();
  await look(page);
}

const SCREENS: readonly [string, BrowserContextOptions][] = [
  ["light, desktop", { colorScheme: "light", viewport: DESKTOP }],
  ["dark, desktop", { colorScheme: "dark", viewport: DESKTOP }],
  ["light, 320 pixels", { colorScheme: "light", viewport: PHONE }],
  ["dark, 320 pixels", { colorScheme: "dark", viewport: PHONE }],
  ["forced colours", { forcedColors: "active", viewport: DESKTOP }],
];
for (const [name, options] of SCREENS) {
  test(`no state breaks a rule of WCAG 2.2: ${name}`, async ({ browser }) => {
    const context = await browser.newContext({
      locale: "en-US",
      reducedMotion: "reduce",
      ...options,
    });
    await everyState(await context.newPage(), holds);
    await context.close();
  });
}

/** What a start leads to: the wait, the answer, the way to the dashboard, and the pages beside. */
async function everyStateAfterwards(page: Page, look: (page: Page) => Promise<void>) {
  const home = await makeHome();
  const { bin, letGo } = await installStartingOpenClaw(join(home, "program"), "starts");
  const own = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: bin,
    OPENCLAW_GATEWAY_PORT: await freePort(),
  });
  try {
    await page.goto(own.url);
    await press(page, "Continue");
    await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
    await press(page, "Continue");
    await expect(heading(page, "Pick a model")).toBeVisible();
    await press(page, "Continue");
    await press(page, "Write and start");
    await expect(page.getByText("loading the plugins")).toBeVisible({ timeout: 60_000 });
    await look(page);
    await letGo("gateway");
    await letGo("infer");
    await expect(heading(page, "Your OpenClaw answers")).toBeVisible({ timeout: 60_000 });
    for (const summary of await page.locator("main summary").all()) await summary.click();
    await look(page);
    for (const path of ["/who-answers", "/phone", "/export?engine=kubernetes"]) {
      await page.goto(new URL(path, own.url).href);
      await expect(page.locator("main .waiting-sign")).toHaveCount(0);
      await look(page);
    }
    await page.goto(new URL("/done", own.url).href);
    const [dashboard] = await Promise.all([
      page.context().waitForEvent("page"),
      press(page, "Open my OpenClaw"),
    ]);
    await expect(dashboard.locator("main .waiting-sign")).toBeVisible();
    await look(dashboard);
    await letGo("dashboard");
    await expect(dashboard.getByRole("main").getByRole("alert")).toBeVisible();
    await look(dashboard);
  } finally {
    await stopGatewayOf(home);
    await own.close();
  }
}

const LARGE_AND_SMALL = SCREENS.filter(([name]) => /^(?:light, desktop|dark, 320)/u.test(name));
for (const [name, options] of LARGE_AND_SMALL) {
  test(`nothing that follows a start breaks a rule of WCAG 2.2: ${name}`, async ({ browser }) => {
    const context = await browser.newContext({
      locale: "en-US",
      reducedMotion: "reduce",
      ...options,
    });
    await everyStateAfterwards(await context.newPage(), holds);
    await context.close();
  });
}

test("nothing runs off a narrow screen with the text spacing of WCAG 1.4.12", async ({ browser }, {
  annotations,
}) => {
  const context = await browser.newContext({ locale: "en-US", viewport: PHONE });
  const page = await context.newPage();
  const families = await familiesHere(page);
  annotations.push({ type: "fonts", description: families.join(", ") });
  const fits = (state: Page) => fitsWithTextSpacing(state, families);
  await everyState(page, fits);
  await everyStateAfterwards(page, fits);
  await context.close();
});

test("a button keeps its outline in forced colours", async ({ browser }) => {
  const page = await browser.newPage({ locale: "en-US", forcedColors: "active" });
  await page.goto(setup.url);
  const border = await page
    .getByRole("button", { name: "Continue" })
    .evaluate((button) => getComputedStyle(button).borderTopWidth);
  expect(Number.parseFloat(border)).toBeGreaterThan(0);
  await page.close();
});

/** Presses Tab until `wanted` has the focus, and sees that the focus shows. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press("Tab");
    if (!(await wanted.evaluate((element) => element === document.activeElement))) continue;
    expect(await wanted.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe(
      "none",
    );
    return;
  }
  throw new Error("not reached in 60 presses of Tab");
}

test("the whole path by keyboard alone", async ({ page }) => {
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  await page.goto(setup.url);
  await expect(button("Continue")).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "Skip to the content" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("radio", { name: "API key" }));
  await tabTo(page, button("Continue"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("textbox", { name: "OpenAI API key" }));
  await page.keyboard.type(KEY);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Pick a model")).toBeVisible();
  await tabTo(page, button("Continue"));
  await page.keyboard.press("Enter");
  await tabTo(page, button("Write configuration"));
  await page.keyboard.press("Enter");
  await expect(page.getByText("OpenClaw is not installed here")).toBeVisible();
  const dotenv = join(setup.home, ".openclaw", ".env");
  expect(await readFile(dotenv, "utf8")).toBe(`OPENAI_API_KEY=${KEY}\n`);
  await tabTo(page, button("Undo"));
  await page.keyboard.press("Enter");
  await expect(heading(page, "The files are as they were")).toBeVisible();
});

test("the whole path without scripts", async ({ browser }) => {
  const page = await browser.newPage({ locale: "en-US", javaScriptEnabled: false });
  await page.goto(setup.url);
  await press(page, "Continue");
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
  await press(page, "Continue");
  await expect(heading(page, "Pick a model")).toBeVisible();
  await press(page, "Appearance");
  await press(page, "Dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(heading(page, "Pick a model")).toBeVisible();
  await press(page, "Continue");
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview).toContainText("loopback");
  await page.getByRole("checkbox", { name: /gateway still needs to start/u }).uncheck();
  await press(page, "Update preview");
  await expect(preview).not.toContainText("loopback");
  await press(page, "Write configuration");
  await expect(page.getByText("OpenClaw is not installed here")).toBeVisible();
  const dotenv = join(setup.home, ".openclaw", ".env");
  expect(await readFile(dotenv, "utf8")).toBe(`OPENAI_API_KEY=${KEY}\n`);
  await press(page, "Undo");
  await expect(heading(page, "The files are as they were")).toBeVisible();
  await page.close();
});

test("the theme is the system's until one is chosen, and then stays", async ({ browser }) => {
  const page = await browser.newPage({ locale: "en-US", colorScheme: "dark" });
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto(setup.url);
  const dark = await ground();
  await press(page, "Appearance");
  await press(page, "Light");
  await expect.poll(ground).not.toBe(dark);
  await press(page, "Appearance");
  await expect(page.getByRole("button", { name: "Light" })).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  expect(await ground()).not.toBe(dark);
  await press(page, "Appearance");
  await press(page, "System");
  await expect.poll(ground).toBe(dark);
  await page.close();
});

test("what changes within a line is told by more than its colour", async ({ browser }) => {
  const file = join(setup.home, ".openclaw", "openclaw.json");
  await mkdir(dirname(file), { mode: 0o700 });
  await writeFile(file, CONFIG, { mode: 0o600 });
  // axe opens a page of its own beside this one, which the context of browser.newPage refuses.
  const context = await browser.newContext({ locale: "en-US", colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(setup.url);
  await press(page, "Continue");
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
  await press(page, "Continue");
  await expect(heading(page, "Pick a model")).toBeVisible();
  await page.locator("main input[name=model]").first().check();
  await press(page, "Continue");
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByRole("deletion").first()).toHaveText('"openai/gpt-5.2"');
  await expect(preview.getByRole("insertion").first()).toHaveText(/^"openai\/gpt-/u);
  await expect(preview.getByRole("row", { name: "added" }).first()).toBeVisible();
  await holds(page);
  await context.close();
});
