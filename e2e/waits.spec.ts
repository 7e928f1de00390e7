/** Every wait while it lasts: what it says and to whom, how it is stopped, and where one is then. */

import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { type ChatGptBackend, startChatGptBackend } from "@/e2e/servers/chatgpt-backend";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { Gate } from "@/e2e/servers/gate";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { type HeldOpenClaw, installHeldOpenClaw } from "@/e2e/support/fake-openclaw";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { chooseChatGpt, consentUpTo, signedIn, signIn } from "@/e2e/support/sign-in";

const SLOW_KEY = "sk-proj-test-slow-waits-7f3a9b2c4d5e6f70";

let openai: OpenAiServer;
let service: ChatGptIssuer;
let backend: ChatGptBackend;
let openclaw: HeldOpenClaw;
let setup: SetupServer;

test.beforeEach(async () => {
  openai = await startOpenAiServer();
  service = await startChatGptIssuer();
  backend = await startChatGptBackend();
  const home = await makeHome();
  openclaw = await installHeldOpenClaw(join(home, "program"));
  setup = await startSetup(home, {
    OPENCLAW_BIN: openclaw.bin,
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
    const seconds = page.getByRole("main").getByText(/^\d+ s$/u);
    await expect(seconds).toBeVisible();
    const first = Number.parseInt((await seconds.textContent()) ?? "", 10);
    expect(first).toBeGreaterThanOrEqual(2);
    await expect(seconds).toHaveText(`${first + 1} s`);
    // Neither in the words that are said, nor in what the page is to those who listen.
    await expect(voice(page)).not.toContainText(/ s$/u);
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
    await holds(page);
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
    // The four that the newest release keeps for a subscription.
    await expect(page.getByRole("radio")).toHaveCount(4);
    await expect.poll(() => backend.gate.abandoned).toBe(1);
    await page.getByRole("link", { name: "Back" }).click();
    await expect(says(page, "The check was cancelled")).toBeVisible();
  });
});

const EXCHANGING = "OpenAI let you in; fetching the login…";
/** Holds this address of the sign-in service. */
function held(path: string): Gate {
  const gate = new Gate();
  gate.close();
  service.gates.set(path, gate);
  return gate;
}
const revoked = () => service.seen.filter(({ path }) => path === "/oauth/revoke").length;
const issued = (kind: string) => service.issued.filter((one) => one.kind === kind).length;

test.describe("the way back from the sign-in service", () => {
  both("says what is fetched, and ends signed in, with its cookies gone", async (page, scripts) => {
    const token = held("/oauth/token");
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(heading(page, "Signing you in")).toBeVisible();
    await expect(page).toHaveURL(/\/sign-in$/u);
    await expect(says(page, EXCHANGING)).toBeVisible();
    if (scripts) {
      await expect(voice(page)).toHaveText(EXCHANGING);
      await holds(page);
    }
    const cookies = (await page.context().cookies()).map(({ name }) => name);
    expect(cookies.filter((name) => /\.(?:state|pkce)$/u.test(name))).toEqual([]);
    // An answer with a state of somebody else's does not take its place.
    const forged = new URLSearchParams({ code: "forged", state: "x".repeat(43) });
    await page.goto(new URL(`/sign-in/return?${forged}`, setup.url).href);
    await expect(says(page, EXCHANGING)).toBeVisible();
    // Loaded again, and gone elsewhere and back: it goes on, and the code is sent once.
    await page.reload();
    await page.goto(new URL("/", setup.url).href);
    await page.goto(new URL("/model", setup.url).href);
    await expect(says(page, EXCHANGING)).toBeVisible();
    token.open();
    await expect(signedIn(page)).toBeVisible();
    await expect(page.getByText("person@example.com")).toBeVisible();
    expect(service.seen.filter(({ path }) => path === "/oauth/token")).toHaveLength(1);
  });

  both("given up, it leads back, and a login that still comes is ended", async (page) => {
    const token = held("/oauth/token");
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(says(page, EXCHANGING)).toBeVisible();
    await press(page, "Cancel");
    await expect(heading(page, "Sign in with ChatGPT")).toBeVisible();
    await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
    token.open();
    await expect.poll(revoked).toBe(1);
    await page.goto(new URL("/model", setup.url).href);
    await expect(heading(page, "Sign in with ChatGPT")).toBeVisible();
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
    expect(revoked()).toBe(1);
    expect(issued("refresh_token")).toBe(2);
  });

  both("by a pasted address too", async (page) => {
    const token = held("/oauth/token");
    await chooseChatGpt(page, setup.url);
    await press(page, "Paste an address");
    const address = (await page.getByText(`${service.url}/oauth/authorize`).textContent()) ?? "";
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(address);
    const end = await consentUpTo(elsewhere);
    await elsewhere.close();
    await page.getByRole("textbox", { name: /Paste that address/u }).fill(end.href);
    await press(page, "Sign in with this address");
    await expect(says(page, EXCHANGING)).toBeVisible();
    token.open();
    await expect(signedIn(page)).toBeVisible();
  });

  test("that does not come to an end: its reason, and a new attempt", async ({ page }) => {
    const token = held("/oauth/token");
    service.fault = "500";
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(says(page, EXCHANGING)).toBeVisible();
    token.open();
    await expect(page.getByRole("main").getByRole("alert")).toContainText(
      "OpenAI’s sign-in service has a problem",
    );
    service.fault = null;
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
  });
});

/** Where a button or link stands; a person may be about to press it. */
const place = async (page: Page, role: "button" | "link", name: string) =>
  Math.round((await page.getByRole(role, { name, exact: true }).boundingBox())?.y ?? Number.NaN);

test("the end of a wait moves nothing that one may be about to press", async ({ browser }) => {
  const context = await browser.newContext({
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  backend.gate.close();
  await chooseChatGpt(page, setup.url);
  await signIn(page, service);
  await expect(says(page, ASKING_ACCOUNT)).toBeVisible();
  const onward = await place(page, "link", "Continue");
  backend.gate.open();
  await expect(says(page, "ChatGPT accepts this login")).toBeVisible();
  expect(await place(page, "link", "Continue")).toBe(onward);
  await page.getByRole("link", { name: "Continue" }).click();
  await press(page, "Continue");
  await expect(says(page, "Asking your OpenClaw 2026.9.6 whether it accepts this")).toBeVisible();
  const write = await place(page, "button", "Write configuration");
  await openclaw.letGo("config");
  await expect(says(page, "Your OpenClaw 2026.9.6 accepts this")).toBeVisible();
  expect(await place(page, "button", "Write configuration")).toBe(write);
  await context.close();
});

test.describe("signing out", () => {
  both("is done here at once, and says what goes on at OpenAI", async (page, scripts) => {
    const revocation = held("/oauth/revoke");
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
    await press(page, "Sign out");
    await expect(heading(page, "Sign in with ChatGPT")).toBeVisible();
    await expect(says(page, "You are signed out here. Ending the login")).toBeVisible();
    if (scripts) await holds(page);
    await expect.poll(revoked).toBe(1);
    revocation.open();
    await expect(says(page, "You are signed out here.")).toHaveCount(0);
  });

  test("for another account leads to OpenAI without waiting", async ({ page }) => {
    const revocation = held("/oauth/revoke");
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
    await press(page, "Switch account");
    await page.waitForURL(`${service.url}/interaction/*`);
    expect(revocation.abandoned).toBe(0);
    revocation.open();
    await expect.poll(revoked).toBe(1);
  });
});

const KEY = "sk-proj-test-works-waits-7f3a9b2c4d5e6f70";
const names = async () => (await readdir(join(setup.home, ".openclaw")).catch(() => [])).sort();

async function toReview(page: Page): Promise<void> {
  await page.goto(setup.url);
  await press(page, "Continue");
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
  await press(page, "Continue");
  await expect(heading(page, "Pick a model")).toBeVisible();
  await press(page, "Continue");
  await expect(heading(page, "Review what will be written")).toBeVisible();
}

test.describe("the installed OpenClaw", () => {
  both("asked before the write, it can be left unasked at each turn", async (page, scripts) => {
    await toReview(page);
    await expect(says(page, "Asking your OpenClaw 2026.9.6 whether it accepts this")).toBeVisible();
    if (scripts) await holds(page);
    await press(page, "Write configuration");
    await expect(heading(page, "Your OpenClaw looks at it first")).toBeVisible();
    if (scripts) await holds(page);
    await press(page, "Cancel");
    await expect(heading(page, "Review what will be written")).toBeVisible();
    expect(await names()).toEqual([]);
    await press(page, "Skip this check");
    await expect(says(page, "Your OpenClaw was not asked beforehand")).toBeVisible();
    await press(page, "Write configuration");
    await expect(says(page, "Configuration written")).toBeVisible();
    expect(await names()).toContain("openclaw.json");
  });

  both("is ended before everything is put back, which is said", async (page, scripts) => {
    await toReview(page);
    await press(page, "Skip this check");
    await press(page, "Write configuration");
    await expect(says(page, "Your OpenClaw checks the files…")).toBeVisible();
    if (scripts) await holds(page);
    await press(page, "Undo");
    await expect(heading(page, "Putting everything back")).toBeVisible();
    await expect(says(page, "Every file gets its earlier bytes again…")).toBeVisible();
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
    await expect(heading(page, "The files are as they were")).toBeVisible({ timeout: 15_000 });
    expect((await names()).filter((name) => !name.startsWith(".openclaw-setup"))).toEqual([]);
  });

  test("does not answer: its check after the write can be cancelled", async ({ browser }) => {
    const page = await open(browser, true);
    await toReview(page);
    await openclaw.letGo("config");
    await expect(says(page, "Your OpenClaw 2026.9.6 accepts this")).toBeVisible();
    await press(page, "Write configuration");
    await expect(says(page, "Your OpenClaw checks the files…")).toBeVisible();
    await expect(voice(page)).toHaveText("Your OpenClaw checks the files…");
    await press(page, "Cancel");
    await expect(says(page, "You stopped it. Check again when you like.")).toBeVisible();
    await expect(says(page, "Configuration written")).toBeVisible();
    await expect(voice(page)).toHaveText("The wait is over.");
    await page.context().close();
  });

  test("taking over a login: what it does, and everything back when cancelled", async ({
    browser,
  }) => {
    const page = await open(browser, true);
    const state = join(setup.home, ".openclaw");
    await mkdir(state, { mode: 0o700 });
    await writeFile(join(state, "openclaw.json"), "// mine\n{}\n", { mode: 0o600 });
    await openclaw.letGo("config");
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await page.getByRole("link", { name: "Continue" }).click();
    await press(page, "Continue");
    await press(page, "Write configuration");
    await expect(heading(page, "OpenClaw takes over your login")).toBeVisible();
    // Each stage with its seconds, the finished ones ticked.
    const stages = page
      .getByRole("main")
      .getByRole("listitem")
      .filter({ hasText: /Copies of every file|own command takes it over/u });
    await expect(stages).toContainText([
      /^Copies of every file it can touch \(done\)\d+ s$/u,
      /^OpenClaw’s own command takes it over/u,
    ]);
    await expect(stages.nth(1)).toContainText(/\d s$/u);
    await holds(page);
    await press(page, "Cancel");
    await expect(heading(page, "Putting everything back")).toBeVisible();
    await expect(page.getByRole("main").getByRole("button")).toHaveCount(0);
    await expect(says(page, "You stopped the hand-over")).toBeVisible({ timeout: 15_000 });
    expect((await names()).filter((name) => !name.startsWith(".openclaw-setup"))).toEqual([
      "openclaw.json",
    ]);
    await page.context().close();
  });
});
