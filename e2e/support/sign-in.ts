/** The steps of a browser sign-in that several tests take. */

import { expect, type Page } from "@playwright/test";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";

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

export function signedIn(page: Page) {
  return page.getByRole("heading", { name: "You are signed in" });
}
