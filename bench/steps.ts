/** The steps of the page in an order that leads through all of them, each with something to do on it. */

import type { Page } from "@playwright/test";
import type { Step } from "./browser";

const KEY = "sk-proj-test-works-bench0aaaa1bbbb2cccc3dddd";

export interface Stage {
  readonly step: Omit<Step, "url"> & { readonly path: string };
  /** Brings the visit to where this step can be opened. */
  readonly prepare: (page: Page, origin: string) => Promise<void>;
}

const tab = async (page: Page) => {
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Tab");
};
const proceed = (page: Page) => page.getByRole("button", { name: "Continue" }).click();

async function choose(page: Page, origin: string, name: string, path: string): Promise<void> {
  await page.goto(`${origin}/`);
  await page.getByRole("radio", { name }).check();
  await proceed(page);
  await page.waitForURL(`${origin}${path}`);
}

export const STAGES: readonly Stage[] = [
  {
    step: {
      name: "choose",
      path: "/",
      interact: async (page) => {
        await tab(page);
        await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
      },
    },
    prepare: async () => {},
  },
  {
    step: { name: "sign in", path: "/sign-in", interact: tab },
    prepare: (page, origin) => choose(page, origin, "ChatGPT subscription", "/sign-in"),
  },
  {
    step: {
      name: "key",
      path: "/key",
      interact: (page) =>
        page.getByRole("textbox", { name: "OpenAI API key" }).pressSequentially("sk-proj-1"),
    },
    prepare: (page, origin) => choose(page, origin, "API key", "/key"),
  },
  {
    step: {
      name: "model",
      path: "/model",
      interact: async (page) => {
        await tab(page);
        await page.getByText("Another model").click();
        await page.getByRole("textbox", { name: /Model reference/u }).pressSequentially("openai/g");
      },
    },
    prepare: async (page, origin) => {
      await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
      await proceed(page);
      await page.waitForURL(`${origin}/model`);
    },
  },
  {
    step: { name: "review", path: "/review", interact: tab },
    prepare: async (page, origin) => {
      await proceed(page);
      await page.waitForURL(`${origin}/review`);
    },
  },
  {
    step: { name: "done", path: "/done", interact: tab },
    prepare: async (page, origin) => {
      await page.getByRole("button", { name: "Write configuration" }).click();
      await page.waitForURL(`${origin}/done`);
    },
  },
];
