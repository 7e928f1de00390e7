/** OpenAI by other names: a wrong address is refused before a key is given, a region is followed, the account is sent. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { startRegionalOpenAi } from "@/e2e/servers/regional-openai";
import { installAnsweringOpenClaw } from "@/e2e/support/fake-openclaw";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const keyFor = (word: string) => `sk-proj-test-${word}-0a1b2c3d4e5f60718293`;

/** The token in the address lets a browser in once. */
async function visit(page: Page, url: string): Promise<void> {
  const isIn = page.url().startsWith(new URL(url).origin);
  await page.goto(isIn ? new URL("/", url).href : url);
}

async function paste(page: Page, url: string, key: string): Promise<void> {
  await visit(page, url);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
  await page.getByRole("button", { name: "Continue" }).click();
}

async function homeWith(files: Readonly<Record<string, string>>): Promise<string> {
  const home = await makeHome();
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(home, ".openclaw", name), text, { mode: 0o600 });
  }
  return home;
}

for (const [address, words] of [
  [
    "http://user:hunter2@127.0.0.1:9456/v1",
    "It holds a user name or a password for 127.0.0.1:9456",
  ],
  ["https://gateway.example/v1?key=hunter2", "It has a “?” or “#” after gateway.example"],
  ["ftp://api.openai.com/v1", "It begins with “ftp:”"],
  ["api.openai.com", "“api.openai.com” is no web address"],
  ["localhost:4000/v1", "It begins with “localhost:”"],
] as const) {
  test(`${address} is refused on the first page, and no key goes to OpenAI`, async ({ page }) => {
    const openai = await startRegionalOpenAi();
    const setup = await startSetup(await makeHome(), { ...openai.env, OPENAI_BASE_URL: address });
    try {
      await page.goto(setup.url);
      await expect(page.getByText("OPENAI_BASE_URL cannot be used")).toBeVisible();
      await expect(page.getByText(words)).toBeVisible();
      expect(await page.content()).not.toContain("hunter2");
      await paste(page, setup.url, keyFor("works"));
      await expect(page.getByText("OPENAI_BASE_URL cannot be used")).toBeVisible();
      await expect(page.getByRole("heading", { name: "Paste your OpenAI API key" })).toBeVisible();
      expect(openai.tunnels()).toEqual([]);
    } finally {
      await setup.close();
      await openai.close();
    }
  });
}

test("a plain address elsewhere is warned of, and called by its host", async ({ page }) => {
  const openai = await startRegionalOpenAi();
  const OPENAI_BASE_URL = "http://litellm.example:4000/v1";
  const env = { ...openai.env, HTTP_PROXY: openai.env["HTTPS_PROXY"] ?? "", OPENAI_BASE_URL };
  const setup = await startSetup(await makeHome(), env);
  try {
    await page.goto(setup.url);
    await expect(page.getByText("Your key would travel unencrypted")).toBeVisible();
    await expect(page.getByText(`Keys are checked at ${OPENAI_BASE_URL}`)).toBeVisible();
    await paste(page, setup.url, keyFor("works"));
    await expect(page.getByText("litellm.example:4000 could not be reached")).toBeVisible();
    await page.getByRole("link", { name: "Go on without the check" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(
      page.getByText("Write down that OpenAI’s models are asked for at litellm.example:4000"),
    ).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a key of a region is checked there, and the region is written", async ({ page }) => {
  const openai = await startRegionalOpenAi();
  const home = await makeHome();
  const setup = await startSetup(home, openai.env);
  try {
    await paste(page, setup.url, keyFor("eu"));
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    await expect(page.getByText("OpenAI (eu.api.openai.com) lists 2 models")).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    const repair = page.getByRole("checkbox", { name: /are asked for at eu\.api\.openai\.com/u });
    await expect(repair).toBeChecked();
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written").first()).toBeVisible();
    const written = await readFile(join(home, ".openclaw", "openclaw.json"), "utf8");
    expect(written).toContain("https://eu.api.openai.com/v1");
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a region in the config is asked first, and stays", async ({ page }) => {
  const openai = await startRegionalOpenAi();
  const baseUrl = "https://eu.api.openai.com/v1";
  const config = JSON.stringify({ models: { providers: { openai: { baseUrl, models: [] } } } });
  const setup = await startSetup(await homeWith({ "openclaw.json": config }), openai.env);
  try {
    await paste(page, setup.url, keyFor("eu"));
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    expect(openai.seen.map((one) => one.split("/")[0])).toEqual(["eu.api.openai.com"]);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
    await expect(page.getByText(/lead to OpenAI instead of/u)).toHaveCount(0);
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("an organization that does not fit is found out, and taken out of .env", async ({ page }) => {
  const openai = await startOpenAiServer();
  const home = await homeWith({ ".env": "OPENAI_ORG_ID=org-old\nOTHER=1\n" });
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
  try {
    await paste(page, setup.url, keyFor("works-ownorg"));
    await expect(page.getByText("With OPENAI_ORG_ID the key is refused")).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    const repair = page.getByRole("checkbox", { name: "Take OPENAI_ORG_ID out" });
    await expect(repair).toBeChecked();
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written").first()).toBeVisible();
    const written = await readFile(join(home, ".openclaw", ".env"), "utf8");
    expect(written).not.toContain("OPENAI_ORG_ID");
    expect(written).toContain("OTHER=1");
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a service that does not see OPENAI_BASE_URL is named, until the address is written", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const home = await homeWith({});
  const units = join(home, ".config", "systemd", "user");
  await mkdir(units, { recursive: true });
  const unit = "[Service]\nExecStart=/usr/bin/openclaw gateway run\n";
  await writeFile(join(units, "openclaw-gateway.service"), unit);
  const valid = { code: 0, stdout: JSON.stringify({ valid: true }), stderr: "" };
  const providers = [
    { provider: "openai", effective: { kind: "env", detail: "" }, profiles: { labels: [] } },
  ];
  const status = {
    resolvedDefault: "openai/gpt-5.5",
    auth: { providers, oauth: { profiles: [] } },
  };
  const models = { code: 0, stdout: JSON.stringify(status), stderr: "" };
  const openclaw = await installAnsweringOpenClaw(join(home, "program"), { config: valid, models });
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: openclaw.bin,
    OPENCLAW_GATEWAY_PORT: "9",
  });
  try {
    await paste(page, setup.url, keyFor("works"));
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    const notice = page.getByRole("status").filter({
      hasText: "The gateway’s service does not see OPENAI_BASE_URL",
    });
    const box = page.getByRole("checkbox", { name: /are asked for at 127\.0\.0\.1/u });
    await expect(notice).toContainText(`not to ${new URL(openai.url).host}`);
    await page.screenshot({ path: "test-results/unseen-address.png", fullPage: true });
    await box.check();
    await expect(notice).toHaveCount(0);
    // Written without it, the last page says how to come back to it.
    await box.uncheck();
    await expect(notice).toHaveCount(1);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written").first()).toBeVisible();
    await expect(notice).toContainText("To change that, undo, and tick");
    await page.screenshot({ path: "test-results/unseen-address-written.png", fullPage: true });
  } finally {
    await setup.close();
    await openai.close();
  }
});
