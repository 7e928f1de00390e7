/** A key as backup of a subscription: off until asked for, checked, shown, and taken away again. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { chooseChatGpt, signedIn, signIn } from "@/e2e/support/sign-in";

const KEY = "sk-proj-test-works-backup-7f3a9b2c4d5e6f70";
let service: ChatGptIssuer;
let openai: OpenAiServer;
let setup: SetupServer;

async function start(dotenv?: string): Promise<void> {
  const home = await makeHome();
  if (dotenv !== undefined) {
    await mkdir(join(home, ".openclaw"), { mode: 0o700 });
    await writeFile(join(home, ".openclaw", ".env"), dotenv, { mode: 0o600 });
  }
  setup = await startSetup(home, {
    CHATGPT_ISSUER: service.url,
    OPENAI_BASE_URL: openai.url,
    DISPLAY: ":0",
  });
}

test.beforeEach(async () => {
  service = await startChatGptIssuer();
  openai = await startOpenAiServer();
});
test.afterEach(async () => {
  await setup.close();
  await openai.close();
  await service.close();
});

async function reachReview(page: Page): Promise<void> {
  await chooseChatGpt(page, setup.url);
  await signIn(page, service);
  await expect(signedIn(page)).toBeVisible();
  await page.getByRole("link", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Review what will be written" })).toBeVisible();
}

const offer = async (page: Page, key: string) => {
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
  await page.getByRole("button", { name: "Use as backup" }).click();
};
const preview = (page: Page) => page.getByRole("region", { name: "Preview" });

test("off by default; asked for, it is checked, shown with its cost, and can be dropped", async ({
  page,
}) => {
  await start();
  await reachReview(page);
  await expect(page.getByText("No backup: only your subscription answers")).toBeVisible();
  await expect(preview(page)).not.toContainText("OPENAI_API_KEY");
  await expect(page.getByRole("link", { name: "Download .env" })).toHaveCount(0);

  await page.getByRole("link", { name: "Add an API key as backup" }).click();
  await expect(page.getByText("What the key answers costs money")).toBeVisible();
  await offer(page, "sk-test-401-1234567890abcdef");
  await expect(page.getByText("OpenAI refuses this key")).toBeVisible();
  await expect(page.getByRole("button", { name: "Go on without the check" })).toHaveCount(0);
  // Neither the refused key nor an empty field in its place is taken.
  // Its words stand there already: only the answer tells that the field may be filled again.
  const answered = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Use as backup" }).click();
  await answered;
  await expect(page.getByRole("button", { name: "Use as backup" })).not.toHaveAttribute(
    "aria-busy",
  );
  await expect(page.getByText("OpenAI refuses this key")).toBeVisible();
  await offer(page, KEY);
  await expect(page).toHaveURL(/\/review$/u);
  await expect(page.getByText("Backup: the API key sk-proj-")).toBeVisible();
  await expect(page.getByText(/Lets the key answer when the subscription does not/u)).toContainText(
    "billed per use",
  );
  await expect(preview(page)).toContainText("OPENAI_API_KEY");
  await expect(preview(page)).toContainText("openai:setup-key");
  expect(await page.content()).not.toContain(KEY);

  const [config, dotenv] = [page.waitForEvent("download"), "Download .env"];
  await page.getByRole("link", { name: "Download openclaw.json" }).click();
  const { auth } = JSON.parse(await readFile(await (await config).path(), "utf8"));
  expect(auth.order.openai).toEqual([expect.stringMatching(/^openai:setup-/u), "openai:setup-key"]);
  const begun = page.waitForEvent("download");
  await page.getByRole("link", { name: dotenv }).click();
  expect(await readFile(await (await begun).path(), "utf8")).toBe(`OPENAI_API_KEY=${KEY}\n`);

  await page.getByRole("button", { name: "Do without a backup" }).click();
  await expect(page.getByText("No backup: only your subscription answers")).toBeVisible();
  await expect(preview(page)).not.toContainText("OPENAI_API_KEY");
});

test("a key that could not be proven is taken only at the person's word", async ({ page }) => {
  await start();
  await reachReview(page);
  await page.getByRole("link", { name: "Add an API key as backup" }).click();
  await offer(page, "sk-test-quota-1234567890abcdef");
  await expect(page.getByText("its account has no credit")).toBeVisible();
  await page.getByRole("link", { name: "Back" }).click();
  await expect(page.getByText("No backup: only your subscription answers")).toBeVisible();
  await page.getByRole("link", { name: "Add an API key as backup" }).click();
  await page.getByRole("button", { name: "Go on without the check" }).click();
  await expect(page.getByText("Backup: the API key sk-")).toBeVisible();
});

test("the key that is here already, without scripts", async ({ browser }) => {
  await start(`OPENAI_API_KEY=${KEY}\n`);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await reachReview(page);
  // A key in OpenClaw's files alone answers nothing: no backup has been asked for.
  await expect(page.getByText("No backup: only your subscription answers")).toBeVisible();
  await page.getByRole("link", { name: "Add an API key as backup" }).click();
  await expect(page.getByText(/There is a key on this machine already/u)).toContainText(
    "~/.openclaw/.env",
  );
  expect(await page.content()).not.toContain(KEY);
  expect(openai.seen).toEqual([]);
  await page.getByRole("button", { name: "Use this key" }).click();
  await expect(page.getByText("Backup: the API key sk-proj-")).toBeVisible({ timeout: 15_000 });
  expect(openai.seen.map(({ authorization }) => authorization)).toEqual([`Bearer ${KEY}`]);
  // It stays where it is; only what refers to it is new.
  await expect(preview(page)).toContainText("openai:setup-key");
  await expect(page.getByRole("link", { name: "Download .env" })).toHaveCount(0);
  await context.close();
});

test("a slow check can be cancelled, and a good answer leads on by itself", async ({ page }) => {
  await start();
  await reachReview(page);
  await page.getByRole("link", { name: "Add an API key as backup" }).click();
  await offer(page, "sk-test-slow-1234567890abcdef");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("The check was cancelled")).toBeVisible();
  await offer(page, "sk-test-slow-1234567890abcdeg");
  await expect(page.getByRole("main").getByText("Asking OpenAI which models")).toBeVisible();
  openai.releaseSlow();
  await expect(page).toHaveURL(/\/review$/u);
  await expect(page.getByText("Backup: the API key sk-")).toBeVisible();
});
