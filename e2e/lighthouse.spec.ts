/** Lighthouse, in the same Chromium, finds nothing to better in accessibility and best practices. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, type Page, test } from "@playwright/test";
import lighthouse from "lighthouse";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, type SetupServer, startSetup, stopGatewayOf } from "@/e2e/support/setup-server";
import { freePort, installStartingOpenClaw } from "@/e2e/support/starting-openclaw";

const KEY = "sk-proj-test-works-lighthouse-7f3a9b2c4d5e";
const CATEGORIES = ["accessibility", "best-practices"];
test.setTimeout(300_000);

/** Those audits that cost points, each with what it found. */
async function findings(address: string, port: number): Promise<string[]> {
  const run = await lighthouse(address, {
    port,
    onlyCategories: CATEGORIES,
    formFactor: "mobile",
    // What is measured in time is not asked for; the session's cookie is needed.
    throttlingMethod: "provided",
    disableStorageReset: true,
    // The page keeps asking whether its server is there, so the network never falls silent.
    maxWaitForLoad: 5_000,
    logLevel: "silent",
  });
  if (!run) throw new Error("no answer");
  const { audits, categories, runtimeError, finalDisplayedUrl } = run.lhr;
  if (runtimeError) throw new Error(runtimeError.message);
  expect(new URL(finalDisplayedUrl ?? "").pathname).toBe(new URL(address).pathname);
  expect(Object.keys(categories).sort()).toEqual(CATEGORIES);
  const below = Object.values(categories).filter(({ score }) => score !== 1);
  return below.flatMap(({ auditRefs }) =>
    auditRefs
      .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
      .map(({ id }) => `${id}: ${JSON.stringify(audits[id]?.details)}`),
  );
}

/** A browser that Lighthouse can speak to; `holds` sends each page of `setup` through it. */
async function withBrowser(
  setup: SetupServer,
  walk: (page: Page, holds: (path: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), "openclaw-setup-chromium-"));
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    args: [...args, "--remote-debugging-port=0"],
    locale: "en-US",
  });
  try {
    const [port] = (await readFile(join(profile, "DevToolsActivePort"), "utf8")).split("\n");
    await walk(await context.newPage(), async (path) =>
      expect.soft(await findings(new URL(path, setup.url).href, Number(port)), path).toEqual([]),
    );
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

test("100 of 100 on every step", async () => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await withBrowser(setup, async (page, holds) => {
      await page.goto(setup.url);
      await holds("/");
      await page.getByRole("button", { name: "Continue" }).click();
      const field = page.getByRole("textbox", { name: "OpenAI API key" });
      await field.fill("sk-ant-abcdefghij");
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page.getByText("This is a key of Anthropic")).toBeVisible();
      await holds("/key");
      await field.fill(KEY);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL("**/model");
      await holds("/model");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL("**/review");
      await holds("/review");
      await page.getByRole("button", { name: "Write configuration" }).click();
      await expect(page.getByText("OpenClaw is not installed here")).toBeVisible();
      await holds("/done");
      await page.goto(new URL("/", setup.url).href);
      await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL("**/sign-in");
      await holds("/sign-in");
    });
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("100 of 100 on the start, the answer, and the pages beside the steps", async () => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const { bin, letGo } = await installStartingOpenClaw(join(home, "program"), "starts");
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: bin,
    OPENCLAW_GATEWAY_PORT: await freePort(),
  });
  try {
    await withBrowser(setup, async (page, holds) => {
      await page.goto(setup.url);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
      await page.getByRole("button", { name: "Continue" }).click();
      await page.waitForURL("**/model");
      await page.getByRole("button", { name: "Continue" }).click();
      await page.getByRole("button", { name: "Write and start" }).click();
      await expect(page.getByText("loading the plugins")).toBeVisible({ timeout: 60_000 });
      await holds("/done");
      await letGo("gateway");
      await letGo("infer");
      const answers = page.getByRole("heading", { level: 1, name: "Your OpenClaw answers" });
      await expect(answers).toBeVisible({ timeout: 60_000 });
      await holds("/done");
      await letGo("dashboard");
      await page.getByRole("button", { name: "Open my OpenClaw" }).click();
      for (const path of ["/open", "/who-answers", "/phone", "/export?engine=kubernetes"]) {
        await holds(path);
      }
    });
  } finally {
    await stopGatewayOf(home);
    await setup.close();
    await openai.close();
  }
});
