/** Signing in with ChatGPT in a real browser, against a certified provider on loopback. */

import { expect, type Page, test } from "@playwright/test";
import { type ChatGptIssuer, startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";

let service: ChatGptIssuer;
let setup: SetupServer;
const cleanups: Array<() => unknown> = [];

test.beforeEach(async () => {
  service = await startChatGptIssuer();
  // A screen of its own: not a container whose browser is elsewhere.
  setup = await startSetup(await makeHome(), { CHATGPT_ISSUER: service.url, DISPLAY: ":0" });
});
test.afterEach(async () => {
  await setup.close();
  await service.close();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function chooseChatGpt(page: Page, url: string = setup.url): Promise<void> {
  await page.goto(url);
  await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Sign in with ChatGPT" })).toBeVisible();
}

/** Presses our button, ends on the service's page. */
async function begin(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign in with ChatGPT" }).click();
  await page.waitForURL(`${service.url}/interaction/*`);
}

async function signIn(page: Page): Promise<void> {
  await begin(page);
  await page.getByRole("button", { name: "Continue" }).click();
}

const signedIn = (page: Page) => page.getByRole("heading", { name: "You are signed in" });

test("from the button to the account and a model of the subscription", async ({ page }) => {
  const seen: string[] = [];
  page.on("response", async (response) => {
    const headers = JSON.stringify(await response.allHeaders().catch(() => ({})));
    seen.push(response.url(), headers, await response.text().catch(() => ""));
  });
  await chooseChatGpt(page);
  await signIn(page);
  await expect(signedIn(page)).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in$/u);
  await expect(page.getByText("person@example.com")).toBeVisible();
  await expect(page.getByText("ChatGPT Plus")).toBeVisible();
  await page.getByRole("link", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
  await expect(page.getByRole("radio", { name: /openai\/gpt-5\.5/u })).toBeChecked();

  const storage = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  const cookies = JSON.stringify(await page.context().cookies());
  const ours = [...seen, storage, cookies, setup.output(), await page.content()].join("\n");
  expect(service.issued.map(({ kind }) => kind)).toEqual([
    "access_token",
    "refresh_token",
    "id_token",
  ]);
  // The header of a token is the same in every one; its claims and its signature are its own.
  for (const { token } of service.issued) {
    for (const part of token.split(".").slice(-2)) expect(ours).not.toContain(part);
  }
});
