/** What ChatGPT itself says of a login, Codex's or a fresh one, before anything is written. */

import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { type ChatGptBackend, startChatGptBackend } from "@/e2e/servers/chatgpt-backend";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { CODEX_TOKENS, writeCodexLogin } from "@/e2e/support/codex-login";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { chooseChatGpt, signedIn, signIn } from "@/e2e/support/sign-in";

let service: ChatGptIssuer;
let backend: ChatGptBackend;
let setup: SetupServer;
let authFile: string;

test.beforeEach(async () => {
  service = await startChatGptIssuer();
  backend = await startChatGptBackend(
    (token) =>
      token === CODEX_TOKENS.access || service.issued.some((issued) => issued.token === token),
  );
  const home = await makeHome();
  authFile = await writeCodexLogin(home);
  setup = await startSetup(home, {
    CHATGPT_ISSUER: service.url,
    CHATGPT_BASE_URL: backend.url,
    DISPLAY: ":0",
  });
});
test.afterEach(async () => {
  await setup.close();
  await backend.close();
  await service.close();
});

const waiting = (page: Page) =>
  page.getByRole("main").getByText("Asking ChatGPT what this account can use");
const codexCard = (page: Page) =>
  page.getByRole("region", { name: "A Codex login on this machine" });

test.describe("the login of Codex", () => {
  test("is asked about with its access token alone, and then used", async ({ page }) => {
    const before = await readFile(authFile, "utf8");
    await chooseChatGpt(page, setup.url);
    await expect(codexCard(page)).toContainText("codex@example.com");
    // Nobody is asked about it before the person wants it.
    expect(backend.seen).toEqual([]);
    await codexCard(page).getByRole("button", { name: "Use this Codex login" }).click();
    await expect(signedIn(page)).toBeVisible();
    await expect(page.getByText("It lists 2 models for this account")).toBeVisible();
    expect(backend.seen.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${CODEX_TOKENS.access}`,
    ]);
    expect(backend.seen[0]?.headers["chatgpt-account-id"]).toBe("acct-codex");
    expect(JSON.stringify(backend.seen)).not.toContain(CODEX_TOKENS.refresh);
    // Neither renewed nor revoked, and the file is as it was.
    expect(service.seen).toEqual([]);
    expect(await readFile(authFile, "utf8")).toBe(before);
    for (const part of CODEX_TOKENS.access.split(".").slice(1)) {
      expect((await page.content()) + setup.output()).not.toContain(part);
    }
  });

  test("that ChatGPT no longer takes is not used; renewed by Codex, it is", async ({ page }) => {
    backend.fault = "signed-out";
    await chooseChatGpt(page, setup.url);
    await codexCard(page).getByRole("button", { name: "Use this Codex login" }).click();
    const alert = codexCard(page).getByRole("alert");
    await expect(alert).toContainText("ChatGPT no longer takes Codex’s login");
    await expect(alert).toContainText("Run Codex once");
    await alert.getByText("Details").click();
    await expect(alert).toContainText("Please try signing in again");
    await expect(alert).not.toContainText(CODEX_TOKENS.access.slice(0, 12));
    await expect(codexCard(page).getByRole("button", { name: /without the check/u })).toHaveCount(
      0,
    );
    await page.goto(new URL("/model", setup.url).href);
    await expect(page).toHaveURL(/\/sign-in$/u);
    backend.fault = null;
    await codexCard(page).getByRole("button", { name: "Check again" }).click();
    await expect(signedIn(page)).toBeVisible();
  });

  for (const [fault, words] of [
    ["html-403", "A web page answered instead of ChatGPT"],
    ["500", "ChatGPT has a problem"],
    ["429", "ChatGPT asks to wait"],
    ["reset", "ChatGPT could not be asked about this login"],
    ["odd", "ChatGPT gave an answer that is not understood"],
  ] as const) {
    test(`could not be checked (${fault}): said so, and used at the person's word`, async ({
      page,
    }) => {
      backend.fault = fault;
      await chooseChatGpt(page, setup.url);
      await codexCard(page).getByRole("button", { name: "Use this Codex login" }).click();
      await expect(codexCard(page)).toContainText(words);
      await expect(codexCard(page)).toContainText("whichever renews it first ends it");
      await codexCard(page).getByRole("button", { name: "Use it without the check" }).click();
      await expect(signedIn(page)).toBeVisible();
      await page.getByRole("link", { name: "Continue" }).click();
      // Nothing is known of its models, so all that the release knows are there.
      await expect(page.getByRole("radio", { name: /gpt-6-astra Recommended/u })).toBeChecked();
      await expect(page.getByText("The marked one suits it best")).toBeVisible();
    });
  }

  test("a check that takes its time can be cancelled, also without scripts", async ({
    browser,
  }) => {
    backend.gate.close();
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await chooseChatGpt(page, setup.url);
    await codexCard(page).getByRole("button", { name: "Use this Codex login" }).click();
    await expect(waiting(page)).toBeVisible();
    await codexCard(page).getByRole("button", { name: "Cancel" }).click();
    backend.gate.open();
    await codexCard(page).getByRole("button", { name: "Use this Codex login" }).click();
    await expect(signedIn(page)).toBeVisible();
    await context.close();
  });
});

test.describe("a fresh sign-in", () => {
  test("is offered the models that both its account and the release know", async ({ page }) => {
    backend.models = ["gpt-6-astra", "gpt-9-unknown"];
    service.account = { ...service.account, plan: "free" };
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(page.getByText("ChatGPT accepts this login")).toBeVisible();
    // What ChatGPT lists counts, whatever the plan's name makes one expect.
    await expect(page.getByText("may not include Codex")).toHaveCount(0);
    await page.getByRole("link", { name: "Continue" }).click();
    await expect(page.getByText("These are the models of your ChatGPT account")).toBeVisible();
    await expect(page.getByRole("radio")).toHaveCount(1);
    await expect(page.getByRole("radio", { name: /openai\/gpt-6-astra/u })).toBeChecked();
  });

  test("none that both know: said so, and all of the release are offered", async ({ page }) => {
    backend.models = ["gpt-9-unknown"];
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await page.getByRole("link", { name: "Continue" }).click();
    await expect(page.getByText("lists none of these models for your account")).toBeVisible();
    await expect(page.getByText("It lists gpt-9-unknown")).toBeVisible();
    await expect(page.getByRole("radio", { name: /openai\/gpt-6-astra/u })).toBeChecked();
  });

  test("without a right to Codex is told before anything is written", async ({ page }) => {
    backend.fault = "no-entitlement";
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(page.getByRole("main").getByRole("alert")).toContainText(
      "This account may not use Codex",
    );
    backend.fault = null;
    await page.getByRole("button", { name: "Check again" }).click();
    await expect(page.getByText("ChatGPT accepts this login")).toBeVisible();
    backend.fault = "deactivated";
    await page.getByRole("button", { name: "Sign out" }).click();
    await signIn(page, service);
    await expect(page.getByText("ChatGPT refuses this account")).toBeVisible();
    await page.getByRole("button", { name: "Use an API key instead" }).click();
    await expect(page.getByRole("textbox", { name: "OpenAI API key" })).toBeVisible();
  });

  test("a slow answer holds nobody up", async ({ page }) => {
    backend.gate.close();
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(waiting(page)).toBeVisible();
    await page.getByRole("link", { name: "Continue" }).click();
    await expect(waiting(page)).toBeVisible();
    await expect(page.getByRole("radio", { name: /openai\/gpt-6-astra/u })).toBeChecked({
      timeout: 15_000,
    });
  });
});

test("an address that cannot be used is named, and holds nothing up", async ({ page }) => {
  await setup.close();
  setup = await startSetup(await makeHome(), {
    CHATGPT_ISSUER: service.url,
    CHATGPT_BASE_URL: "http://chatgpt.example/backend-api",
    DISPLAY: ":0",
  });
  await chooseChatGpt(page, setup.url);
  await signIn(page, service);
  await expect(page.getByText("CHATGPT_BASE_URL is not an address to ask at")).toBeVisible();
  await page.getByRole("link", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
});
