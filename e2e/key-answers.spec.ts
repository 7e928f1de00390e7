/** Each answer that OpenAI, or something in between, can give to a key: what the page says, and where one can go. */

import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

interface Answer {
  /** The word by which the server picks its answer. */
  readonly word: string;
  readonly title: RegExp;
  readonly next: RegExp;
  readonly mayContinue: boolean;
  /** A piece of what the server itself said, kept under "Details". */
  readonly own?: string;
}

const ANSWERS: readonly Answer[] = [
  {
    word: "401",
    title: /OpenAI refuses this key/u,
    next: /Create a new key and paste it here/u,
    mayContinue: false,
    own: "Incorrect API key provided",
  },
  {
    word: "scope",
    title: /The key could not be proven/u,
    next: /a restricted key may still work/u,
    mayContinue: true,
    own: "Missing scopes: api.model.read.",
  },
  {
    word: "403",
    title: /The key could not be proven/u,
    next: /a restricted key may still work/u,
    mayContinue: true,
    own: "No permission to list models.",
  },
  {
    word: "region",
    title: /OpenAI does not serve this region/u,
    next: /Check your VPN or proxy/u,
    mayContinue: true,
    own: "Country, region, or territory not supported",
  },
  {
    word: "quota",
    title: /The key is right, its account has no credit/u,
    next: /Add credit under Billing/u,
    mayContinue: true,
    own: "You exceeded your current quota.",
  },
  {
    word: "credit",
    title: /The key is right, its account has no credit/u,
    next: /Add credit under Billing/u,
    mayContinue: true,
    own: "Credit balance exhausted.",
  },
  {
    word: "429",
    title: /OpenAI asks to wait/u,
    next: /Too many requests with this account/u,
    mayContinue: true,
    own: "Rate limit reached for requests.",
  },
  {
    word: "500",
    title: /OpenAI has a problem \(500\)/u,
    next: /This is not about your key/u,
    mayContinue: true,
    own: "The server had an error.",
  },
  {
    word: "503",
    title: /OpenAI has a problem \(503\)/u,
    next: /This is not about your key/u,
    mayContinue: true,
    own: "The engine is overloaded.",
  },
  {
    word: "html",
    title: /A web page answered instead of OpenAI/u,
    next: /Hotel Wi-Fi: sign in/u,
    mayContinue: true,
  },
  {
    word: "redirect",
    title: /The answer came from elsewhere/u,
    next: /the key was not sent on/u,
    mayContinue: true,
  },
  {
    word: "reset",
    title: /OpenAI could not be reached/u,
    next: /Check the connection/u,
    mayContinue: true,
  },
];

const keyFor = (word: string) => `sk-proj-test-${word}-0a1b2c3d4e5f60718293`;

async function paste(page: Page, url: string, key: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
  await page.getByRole("button", { name: "Continue" }).click();
}

for (const { word, title, next, mayContinue, own } of ANSWERS) {
  test(`the answer "${word}" has its own words and its next action`, async ({ page }) => {
    const openai = await startOpenAiServer();
    const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
    try {
      await paste(page, setup.url, keyFor(word));
      await expect(page.getByText(title).first()).toBeVisible();
      await expect(page.getByText(next)).toBeVisible();
      if (own) {
        await page.locator("main summary").first().click();
        await expect(page.getByText(own).first()).toBeVisible();
      }
      // The key is kept by the server and never sent back.
      await expect(page.getByRole("textbox", { name: "OpenAI API key" })).toHaveValue("");
      expect(await page.content()).not.toContain(keyFor(word));
      const onward = page.getByRole("link", { name: "Go on without the check" });
      await expect(onward).toHaveCount(mayContinue ? 1 : 0);
      if (mayContinue) {
        await onward.click();
        await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
        await page.getByRole("button", { name: "Continue" }).click();
        await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
      }
    } finally {
      await setup.close();
      await openai.close();
    }
  });
}

test("nobody there: the page says so, and the key can be kept unchecked", async ({ page }) => {
  const openai = await startOpenAiServer();
  await openai.close();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await paste(page, setup.url, keyFor("works"));
    await expect(page.getByText("OpenAI could not be reached")).toBeVisible();
    await expect(page.getByRole("link", { name: "Go on without the check" })).toBeVisible();
  } finally {
    await setup.close();
  }
});

test("a slow check shows that it is under way, can be cancelled, and goes on by itself", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await paste(page, setup.url, keyFor("slow"));
    await expect(page.getByRole("heading", { name: "Checking your key" })).toBeVisible();
    await expect(page.getByRole("main")).toContainText("Asking OpenAI which models");
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("The check was cancelled")).toBeVisible();
    await expect(page.getByRole("link", { name: "Go on without the check" })).toBeVisible();

    await page.getByRole("textbox", { name: "OpenAI API key" }).fill(keyFor("slow"));
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(page.getByRole("heading", { name: "Checking your key" })).toBeVisible();
    openai.releaseSlow();
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("the end of a wait is told by the server, and not asked for", async ({ page }) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  // Nothing asks again by the clock.
  await page.addInitScript(() => {
    window.setInterval = (() => 0) as unknown as typeof window.setInterval;
  });
  try {
    await paste(page, setup.url, keyFor("slow"));
    await expect(page.getByRole("heading", { name: "Checking your key" })).toBeVisible();
    openai.releaseSlow();
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a key that could not be proven is kept, and checked again by the empty field", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await paste(page, setup.url, keyFor("slow"));
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByText("Given: sk-proj-••••••••8293")).toBeVisible();
    openai.releaseSlow();
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a concealed key is shown for a moment, by its button", async ({ page }) => {
  await page.clock.install();
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await page.goto(setup.url);
    await page.getByRole("button", { name: "Continue" }).click();
    const field = page.getByRole("textbox", { name: "OpenAI API key" });
    await expect(field).toBeFocused();
    await field.fill(keyFor("works"));
    const show = page.getByRole("button", { name: "Show" });
    await expect(field).toHaveCSS("-webkit-text-security", "disc");
    await show.click();
    await expect(show).toHaveAttribute("aria-pressed", "true");
    await expect(field).toHaveCSS("-webkit-text-security", "none");
    await page.clock.runFor(10_000);
    await expect(show).toHaveAttribute("aria-pressed", "false");
    await expect(field).toHaveCSS("-webkit-text-security", "disc");
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a key can be forgotten, and is then asked for again", async ({ page }) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await paste(page, setup.url, keyFor("401"));
    await page.getByRole("button", { name: "Forget this key" }).click();
    await expect(page.getByText("OpenAI refuses this key")).toHaveCount(0);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("There is no key yet")).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});
