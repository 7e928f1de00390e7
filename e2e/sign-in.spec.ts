/** Signing in with ChatGPT in a real browser, against a certified provider on loopback. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import {
  addressFromElsewhere,
  chooseChatGpt,
  pasteAddress,
  signedIn,
  signIn,
  withForeignState,
} from "@/e2e/support/sign-in";

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

test("from the button to the account and a model of the subscription", async ({ page }) => {
  const seen: string[] = [];
  page.on("response", async (response) => {
    const headers = JSON.stringify(await response.allHeaders().catch(() => ({})));
    seen.push(response.url(), headers, await response.text().catch(() => ""));
  });
  await chooseChatGpt(page, setup.url);
  await signIn(page, service);
  await expect(signedIn(page)).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in$/u);
  await expect(page.getByText("person@example.com")).toBeVisible();
  await expect(page.getByText("ChatGPT Plus")).toBeVisible();
  await page.getByRole("link", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
  await expect(page.getByRole("radio", { name: /openai\/gpt-6-astra/u })).toBeChecked();

  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(/\/review$/u);

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

test.describe("with a device code", () => {
  test("the code is shown large, typed in elsewhere, and the account appears by itself", async ({
    page,
    context,
  }) => {
    test.setTimeout(90_000);
    await chooseChatGpt(page, setup.url);
    await expect(page.getByText("First switch on device code login")).toBeVisible();
    await page.getByRole("button", { name: "Use a device code" }).click();
    const code = (await page.getByTestId("user-code").textContent()) ?? "";
    expect(code).toMatch(/^\w{4}-\w{5}$/u);
    await expect(page.getByText(/Valid for another 1[45] min/u)).toBeVisible();
    await expect(
      page.getByRole("img", { name: `QR code of ${service.url}/codex/device` }),
    ).toBeVisible();
    await page.screenshot({ path: "test-results/sign-in-device.png", fullPage: true });
    const phone = await context.newPage();
    await phone.goto(`${service.url}/codex/device`);
    await phone.getByRole("textbox", { name: "Code" }).fill(code);
    await phone.getByRole("button", { name: "Continue" }).click();
    await expect(phone.getByRole("heading", { name: "Device connected" })).toBeVisible();
    await expect(signedIn(page)).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText("person@example.com")).toBeVisible();
  });

  test("cancelled, it leads back without a word of blame", async ({ page }) => {
    await chooseChatGpt(page, setup.url);
    await page.getByRole("button", { name: "Use a device code" }).click();
    await expect(page.getByTestId("user-code")).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("heading", { name: "Sign in with ChatGPT" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
  });

  for (const [fault, words] of [
    ["device-disabled", "Device code login is not switched on"],
    ["region", "OpenAI does not serve this region"],
    ["html", "A web page answered instead of OpenAI"],
    ["reset", "OpenAI’s sign-in service could not be reached"],
    ["500", "OpenAI’s sign-in service has a problem"],
  ] as const) {
    test(`refused: ${fault}`, async ({ page }) => {
      service.fault = fault;
      await chooseChatGpt(page, setup.url);
      await page.getByRole("button", { name: "Use a device code" }).click();
      await expect(page.getByText(words)).toBeVisible();
      service.fault = null;
      await signIn(page, service);
      await expect(signedIn(page)).toBeVisible();
    });
  }
});

test.describe("with the address of a browser elsewhere", () => {
  test("code and state are both required, and the right address signs in", async ({ page }) => {
    await chooseChatGpt(page, setup.url);
    await page.getByRole("button", { name: "Paste an address" }).click();
    await expect(page.getByText(/ssh -N -L 1455:localhost:1455 \S+@\S+/u)).toBeVisible();
    await page.screenshot({ path: "test-results/sign-in-paste.png", fullPage: true });
    const { address, end } = await addressFromElsewhere(page, service);
    const paste = (text: string) => pasteAddress(page, text);
    const without = (name: string) => {
      const url = new URL(end);
      url.searchParams.delete(name);
      return url.href;
    };
    await paste("");
    await expect(page.getByText("There is no address yet")).toBeVisible();
    await paste(without("code"));
    await expect(page.getByText("The code is missing in this address")).toBeVisible();
    await paste(without("state"));
    await expect(page.getByText("The end of this address is missing")).toBeVisible();
    await paste(address);
    await expect(page.getByText("This is the address of another page")).toBeVisible();
    await paste(withForeignState(end).href);
    await expect(page.getByText("This answer belongs to another attempt")).toBeVisible();
    await paste(end.href);
    await expect(signedIn(page)).toBeVisible();
  });
});

test.describe("with a Codex login of this machine", () => {
  test("it is shown with its risk, shared when asked, and never revoked", async ({ page }) => {
    // Codex's own login, from the same service.
    const codex = await startSetup(await makeHome(), { CHATGPT_ISSUER: service.url });
    cleanups.push(() => codex.close());
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
    const token = (kind: string) => service.issued.find((entry) => entry.kind === kind)?.token;
    const file = {
      auth_mode: "chatgpt",
      OPENAI_API_KEY: null,
      tokens: {
        id_token: token("id_token"),
        access_token: token("access_token"),
        refresh_token: token("refresh_token"),
        account_id: service.account.accountId,
      },
      last_refresh: new Date(Date.now() - 3 * 86_400_000).toISOString(),
    };
    await mkdir(join(codex.home, ".codex"), { mode: 0o700 });
    const path = join(codex.home, ".codex", "auth.json");
    await writeFile(path, JSON.stringify(file), { mode: 0o600 });

    await chooseChatGpt(page, codex.url);
    const card = page.getByRole("region", { name: "A Codex login on this machine" });
    await expect(card).toContainText("person@example.com");
    await expect(card).toContainText("ChatGPT Plus");
    await expect(card).toContainText("3 days ago");
    // As code it keeps its order from left to right in every language.
    await expect(card.getByRole("code").filter({ hasText: "~/.codex/auth.json" })).toBeVisible();
    await expect(card).toContainText("whichever renews it first ends it for the other");
    await page.screenshot({ path: "test-results/sign-in-codex.png", fullPage: true });
    await card.getByRole("button", { name: "Use this Codex login" }).click();
    await expect(signedIn(page)).toBeVisible();
    await expect(page.getByText("This login is shared with Codex")).toBeVisible();
    const before = await readFile(path, "utf8");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(card).toBeVisible();
    expect(await readFile(path, "utf8")).toBe(before);
    expect(service.seen.filter(({ path: asked }) => asked === "/oauth/revoke")).toEqual([]);

    // Run out, it could only be used by renewing it, which would end it for Codex.
    const claims = Buffer.from(JSON.stringify({ exp: 1 })).toString("base64url");
    const ended = { ...file.tokens, access_token: `e30.${claims}.x` };
    await writeFile(path, JSON.stringify({ ...file, tokens: ended }), { mode: 0o600 });
    await page.reload();
    await expect(card).toContainText("Its access has run out");
    await expect(card.getByRole("button")).toHaveCount(0);
  });
});
