/** The steps of a browser sign-in that several tests take. */

import { expect, type Page } from "@playwright/test";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";

export async function chooseChatGpt(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Sign in with ChatGPT" })).toBeVisible();
}

/** Presses our button, ends on the service's page. */
export async function begin(page: Page, service: ChatGptIssuer): Promise<void> {
  await page.getByRole("button", { name: "Sign in with ChatGPT" }).click();
  await page.waitForURL(`${service.url}/interaction/*`);
}

/** Presses the service's button too. */
export async function signIn(page: Page, service: ChatGptIssuer): Promise<void> {
  await begin(page, service);
  await consent(page);
}

export async function consent(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Presses the service's button as this browser, up to the address it leads back to. */
export async function consentUpTo(page: Page): Promise<URL> {
  // Not by the page: a redirect cannot be stopped there.
  const { request } = page.context();
  let answer = await request.post(page.url(), { form: {}, maxRedirects: 0 });
  for (;;) {
    const next = new URL(answer.headers()["location"] ?? "", answer.url());
    if (next.pathname === "/auth/callback") return next;
    answer = await request.get(next.href, { maxRedirects: 0 });
  }
}

/**
 * Signs in with a browser elsewhere, by the address that the paste page shows. Nothing listens for it
 * there: it ends on an address that cannot be reached, which is what one pastes.
 */
export async function addressFromElsewhere(page: Page, service: ChatGptIssuer) {
  const address = (await page.getByText(`${service.url}/oauth/authorize`).textContent()) ?? "";
  const context = await page.context().browser()?.newContext();
  if (!context) throw new Error("no browser for a second visit");
  const elsewhere = await context.newPage();
  await elsewhere.goto(address);
  const ended = elsewhere.waitForRequest(/localhost:1455\/auth\/callback/u);
  await elsewhere.getByRole("button", { name: "Continue" }).click();
  const end = new URL((await ended).url());
  await context.close();
  return { address, end };
}

/** The same with the state of another attempt. */
export function withForeignState(address: URL): URL {
  const forged = new URL(address);
  forged.searchParams.set("state", "x".repeat(43));
  return forged;
}

export async function pasteAddress(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /Paste that address/u }).fill(text);
  await page.getByRole("button", { name: "Sign in with this address" }).click();
}

export function signedIn(page: Page) {
  return page.getByRole("heading", { name: "You are signed in" });
}
