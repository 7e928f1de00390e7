/** Every way a ChatGPT sign-in can fail, provoked, with the words it is told in and what helps. */

import { createServer } from "node:net";
import { expect, test } from "@playwright/test";
import { DEFAULT_ACCOUNT, startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import type { ChatGptIssuer } from "@/e2e/servers/chatgpt-issuer-types";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import {
  begin,
  chooseChatGpt,
  consent,
  consentUpTo,
  signedIn,
  signIn,
} from "@/e2e/support/sign-in";

let service: ChatGptIssuer;
let setup: SetupServer;
const cleanups: Array<() => unknown> = [];
const start = async (port = 0) =>
  startSetup(await makeHome(), { CHATGPT_ISSUER: service.url, DISPLAY: ":0" }, [
    "--no-open",
    "--port",
    String(port),
  ]);

test.beforeEach(async () => {
  service = await startChatGptIssuer();
});
test.afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  await setup.close();
  await service.close();
});

for (const [fault, words] of [
  ["denied", "You cancelled at OpenAI"],
  ["workspace", "Your workspace does not allow this"],
  ["region", "OpenAI does not serve this region"],
  ["html", "A web page answered instead of OpenAI"],
  ["500", "OpenAI’s sign-in service has a problem"],
  ["reset", "OpenAI’s sign-in service could not be reached"],
  ["truncated", "OpenAI’s sign-in service could not be reached"],
  ["clock-ahead", "This machine’s clock is wrong"],
  ["clock-behind", "This machine’s clock is wrong"],
] as const) {
  test(`${fault}: said in its own words, and the next attempt signs in`, async ({ page }) => {
    setup = await start();
    service.fault = fault;
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(page.getByRole("main").getByRole("alert")).toContainText(words);
    await expect(page).toHaveURL(/\/sign-in$/u);
    service.fault = null;
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
    await expect(page.getByText(words)).toHaveCount(0);
  });
}

test("no right to Codex: an API key is the way out", async ({ page }) => {
  setup = await start();
  service.fault = "no-entitlement";
  await chooseChatGpt(page, setup.url);
  await signIn(page, service);
  await expect(page.getByText("This account may not use Codex")).toBeVisible();
  await page.getByRole("button", { name: "Use an API key instead" }).click();
  await expect(page.getByRole("textbox", { name: "OpenAI API key" })).toBeVisible();
});

test("a plan that may lack Codex is told at once, and another account can be tried", async ({
  page,
}) => {
  setup = await start();
  service.account = { ...DEFAULT_ACCOUNT, plan: "free" };
  await chooseChatGpt(page, setup.url);
  await signIn(page, service);
  await expect(page.getByText("ChatGPT Free may not include Codex")).toBeVisible();
  const first = service.issued.find(({ kind }) => kind === "refresh_token")?.token;

  service.account = { ...DEFAULT_ACCOUNT, email: "other@example.com", plan: "pro" };
  await page.getByRole("button", { name: "Switch account" }).click();
  await page.waitForURL(`${service.url}/interaction/*`);
  const asked = service.seen.findLast(({ path }) => path === "/oauth/authorize");
  expect(asked?.query["prompt"]).toBe("login");
  await consent(page);
  await expect(page.getByText("other@example.com")).toBeVisible();
  await expect(page.getByText("ChatGPT Pro")).toBeVisible();
  // The one that was left is ended at the service, not just forgotten.
  const revoked = service.seen.filter(({ path }) => path === "/oauth/revoke");
  expect(revoked.map(({ form }) => form["token"])).toEqual([first]);

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in with ChatGPT" })).toBeVisible();
  await page.goto(`${new URL(setup.url).origin}/model`);
  await expect(page).toHaveURL(/\/sign-in$/u);
  expect(service.seen.filter(({ path }) => path === "/oauth/revoke")).toHaveLength(2);
});

for (const address of ["127.0.0.1", "::1"]) {
  test(`port 1455 held by another program on ${address}`, async ({ page }) => {
    setup = await start();
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(1455, address, resolve));
    cleanups.push(() => new Promise((done) => holder.close(done)));
    await chooseChatGpt(page, setup.url);
    await page.getByRole("button", { name: "Sign in with ChatGPT" }).click();
    await expect(page.getByText("Another program holds port 1455")).toBeVisible();
    // By its name, so that one can find and end it: here it is this very test.
    await expect(page.getByText(new RegExp(`^It is .+, process ${process.pid}\\.$`))).toBeVisible();
    expect(holder.listening).toBe(true);
    // What helps is the action of the page now.
    await page.getByRole("button", { name: "Use a device code" }).click();
    await expect(page.getByTestId("user-code")).toBeVisible();
  });
}

test("another program asks for the port, as Codex does, and gets it", async ({ page }) => {
  setup = await start();
  await chooseChatGpt(page, setup.url);
  await begin(page, service);
  expect((await fetch("http://127.0.0.1:1455/cancel")).status).toBe(200);
  await expect(fetch("http://127.0.0.1:1455/cancel")).rejects.toThrow();
  await page.goto(`${new URL(setup.url).origin}/sign-in`);
  await expect(page.getByText("Another program took over port 1455")).toBeVisible();
  await signIn(page, service);
  await expect(signedIn(page)).toBeVisible();
});

test("the port is only held while a sign-in is under way", async ({ page }) => {
  setup = await start();
  await chooseChatGpt(page, setup.url);
  await expect(fetch("http://127.0.0.1:1455/auth/callback")).rejects.toThrow();
  await begin(page, service);
  expect((await fetch("http://127.0.0.1:1455/")).status).toBe(404);
  await consent(page);
  await expect(signedIn(page)).toBeVisible();
  await expect(fetch("http://127.0.0.1:1455/auth/callback")).rejects.toThrow();
});

test("of two tabs the newer counts, and the older is told so", async ({ page, context }) => {
  setup = await start();
  await chooseChatGpt(page, setup.url);
  await begin(page, service);
  const second = await context.newPage();
  await second.goto(`${new URL(setup.url).origin}/sign-in`);
  await expect(second.getByText("A sign-in is under way")).toBeVisible();
  await begin(second, service);
  await consent(page);
  await expect(page.getByText("This answer belongs to another attempt")).toBeVisible();
  await consent(second);
  await expect(signedIn(second)).toBeVisible();
  await page.reload();
  await expect(signedIn(page)).toBeVisible();
});

test("a tab closed midway: begun again, it ends well", async ({ page, context }) => {
  setup = await start();
  await chooseChatGpt(page, setup.url);
  await begin(page, service);
  await page.close();
  const again = await context.newPage();
  await again.goto(`${new URL(setup.url).origin}/sign-in`);
  await expect(again.getByText("A sign-in is under way")).toBeVisible();
  await signIn(again, service);
  await expect(signedIn(again)).toBeVisible();
});

test.describe("tampered with on the way back", () => {
  for (const [name, change, words] of [
    ["the state", (p) => p.set("state", "x".repeat(43)), "belongs to another attempt"],
    ["no state", (p) => p.delete("state"), "belongs to another attempt"],
    ["the code", (p) => p.set("code", "stolen"), "OpenAI no longer takes this code"],
    ["no code", (p) => p.delete("code"), "OpenAI’s answer came back incomplete"],
    ["the issuer", (p) => p.set("iss", "https://evil.example"), "belongs to another attempt"],
  ] as const satisfies ReadonlyArray<readonly [string, (p: URLSearchParams) => void, string]>) {
    test(name, async ({ page }) => {
      setup = await start();
      await chooseChatGpt(page, setup.url);
      await begin(page, service);
      const url = await consentUpTo(page);
      change(url.searchParams);
      await page.goto(url.href);
      await expect(page.getByText(words)).toBeVisible();
      await expect(signedIn(page)).toHaveCount(0);
      // Nothing was exchanged for it, or the service refused.
      expect(service.issued).toEqual([]);
    });
  }

  test("the same, past the relay and straight to our own callback", async ({ page }) => {
    setup = await start();
    const origin = new URL(setup.url).origin;
    await chooseChatGpt(page, setup.url);
    await begin(page, service);
    const url = await consentUpTo(page);
    for (const path of ["/api/auth/callback/openai-codex", "/sign-in/return"]) {
      const forged = new URL(path + url.search, origin);
      forged.searchParams.set("state", "x".repeat(43));
      await page.goto(forged.href);
      await expect(page.getByText("belongs to another attempt")).toBeVisible();
    }
    expect(service.seen.filter(({ path }) => path === "/oauth/token")).toEqual([]);
    // The attempt itself is unharmed.
    await page.goto(url.href);
    await expect(signedIn(page)).toBeVisible();
  });

  test("the redirect address, on the way there", async ({ page }) => {
    setup = await start();
    await chooseChatGpt(page, setup.url);
    await begin(page, service);
    const asked = service.seen.findLast(({ path }) => path === "/oauth/authorize");
    expect(asked?.query["redirect_uri"]).toBe("http://localhost:1455/auth/callback");
    for (const address of ["http://localhost:1455/elsewhere", "http://evil.example/"]) {
      const url = new URL("/oauth/authorize", service.url);
      url.search = new URLSearchParams({ ...asked?.query, redirect_uri: address }).toString();
      const answer = await page.goto(url.href);
      // Compared exactly by the service, which then leads nowhere.
      expect(answer?.status()).toBe(400);
      expect(new URL(page.url()).origin).toBe(service.url);
    }
    expect(service.issued).toEqual([]);
  });

  test("a verifier of another attempt", async ({ page }) => {
    setup = await start();
    await chooseChatGpt(page, setup.url);
    await begin(page, service);
    const first = await consentUpTo(page);
    await page.goto(`${new URL(setup.url).origin}/sign-in`);
    await begin(page, service);
    const second = await consentUpTo(page);
    second.searchParams.set("code", first.searchParams.get("code") ?? "");
    await page.goto(second.href);
    await expect(page.getByText("OpenAI no longer takes this code")).toBeVisible();
    expect(service.issued).toEqual([]);
  });

  test("a code that was used before", async ({ page }) => {
    setup = await start();
    await chooseChatGpt(page, setup.url);
    await begin(page, service);
    const url = await consentUpTo(page);
    await page.goto(url.href);
    await expect(signedIn(page)).toBeVisible();
    await page.goto(`${new URL(setup.url).origin}/api/auth/callback/openai-codex${url.search}`);
    await expect(page.getByText("This sign-in is no longer known here")).toBeVisible();
    // The login from its first use stays.
    await expect(signedIn(page)).toBeVisible();
  });

  test("a browser that did not begin it learns nothing and signs nobody in", async ({
    page,
    browser,
  }) => {
    setup = await start();
    await chooseChatGpt(page, setup.url);
    await begin(page, service);
    const url = await consentUpTo(page);
    const stranger = await browser.newPage();
    const answer = await stranger.goto(url.href);
    expect(answer?.status()).toBe(200);
    await expect(stranger.getByText("you came back in another browser")).toBeVisible();
    await stranger.close();
    expect(service.issued).toEqual([]);
  });
});

test("begun at 127.0.0.1 it returns there", async ({ page }) => {
  setup = await start();
  const origin = new URL(setup.url).origin.replace("localhost", "127.0.0.1");
  await chooseChatGpt(page, setup.url.replace("localhost", "127.0.0.1"));
  await signIn(page, service);
  await expect(signedIn(page)).toBeVisible();
  expect(new URL(page.url()).origin).toBe(origin);
});

test.describe("served on port 1455 itself", () => {
  for (const name of ["localhost", "127.0.0.1"]) {
    test(`begun at ${name}`, async ({ page }) => {
      setup = await start(1455);
      await chooseChatGpt(page, setup.url.replace("localhost", name));
      await signIn(page, service);
      await expect(signedIn(page)).toBeVisible();
      expect(new URL(page.url()).origin).toBe(`http://${name}:1455`);
    });
  }

  for (const scripts of [true, false]) {
    test(`started again midway, ${scripts ? "with" : "without"} scripts: said so, and a new sign-in works`, async ({
      browser,
    }) => {
      const context = await browser.newContext({ javaScriptEnabled: scripts });
      cleanups.push(() => context.close());
      const page = await context.newPage();
      const home = await makeHome();
      const env = { CHATGPT_ISSUER: service.url, DISPLAY: ":0" };
      const args = ["--no-open", "--port", "1455"];
      setup = await startSetup(home, env, args);
      await chooseChatGpt(page, setup.url);
      await begin(page, service);
      process.kill(setup.pid, "SIGKILL");
      setup = await startSetup(home, env, args);
      await consent(page);
      await expect(page.getByText("It was started again while you signed in")).toBeVisible();
      expect(service.issued).toEqual([]);
      // The address alone opens nothing, however often it is tried.
      await page.reload();
      await expect(page.getByText("It was started again while you signed in")).toBeVisible();
      const opened = await context.newPage();
      await opened.goto(setup.url);
      // The cookies that it began with are sealed with what went with the process.
      await page.reload();
      await expect(page.getByText("This sign-in is no longer known here")).toBeVisible();
      expect(service.issued).toEqual([]);
      await signIn(page, service);
      await expect(signedIn(page)).toBeVisible({ timeout: 20_000 });
    });
  }
});

test("an issuer that cannot be used is named before anything leaves", async ({ page }) => {
  setup = await startSetup(await makeHome(), { CHATGPT_ISSUER: "http://sign-in.example" });
  await chooseChatGpt(page, setup.url);
  await page.getByRole("button", { name: "Sign in with ChatGPT" }).click();
  await expect(page.getByText("CHATGPT_ISSUER is not an address to sign in at")).toBeVisible();
});

test("over ssh the device code comes first", async ({ page }) => {
  setup = await startSetup(await makeHome(), {
    CHATGPT_ISSUER: service.url,
    SSH_CONNECTION: "203.0.113.9 50122 198.51.100.4 2222",
  });
  await chooseChatGpt(page, setup.url);
  await expect(page.getByText("You work on this machine from another one")).toBeVisible();
  await expect(page.getByRole("button").filter({ hasText: /code|Sign in|Paste|key/u })).toHaveText([
    "Use a device code",
    "Sign in with ChatGPT",
    "Paste an address",
    "Use an API key instead",
  ]);
  await page.getByRole("button", { name: "Paste an address" }).click();
  await expect(page.getByText(/-L 1455:localhost:1455 -p 2222 \S+@198\.51\.100\.4/u)).toBeVisible();
});

test("without scripts the whole way works", async ({ browser }) => {
  setup = await start();
  const context = await browser.newContext({ javaScriptEnabled: false });
  cleanups.push(() => context.close());
  const page = await context.newPage();
  await chooseChatGpt(page, setup.url);
  await signIn(page, service);
  await expect(signedIn(page)).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Paste an address" }).click();
  await expect(page.getByRole("textbox", { name: /Paste that address/u })).toBeVisible();
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByRole("button", { name: "Use a device code" }).click();
  const code = (await page.getByTestId("user-code").textContent()) ?? "";
  await fetch(`${service.url}/codex/device`, {
    method: "POST",
    body: new URLSearchParams({ user_code: code }),
  });
  await expect(signedIn(page)).toBeVisible({ timeout: 20_000 });
});
