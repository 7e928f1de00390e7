/** Lighthouse, in the same Chromium, finds nothing to better in accessibility and best practices. */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, expect, test } from "@playwright/test";
import lighthouse from "lighthouse";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

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

test("100 of 100 on every step", async () => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  const profile = await mkdtemp(join(tmpdir(), "openclaw-setup-chromium-"));
  const { executablePath, args = [] } = test.info().project.use.launchOptions ?? {};
  const context = await chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    args: [...args, "--remote-debugging-port=0"],
    locale: "en-US",
  });
  try {
    const [port] = (await readFile(join(profile, "DevToolsActivePort"), "utf8")).split("\n");
    const page = await context.newPage();
    const holds = async (path: string) =>
      expect.soft(await findings(new URL(path, setup.url).href, Number(port)), path).toEqual([]);
    await page.goto(setup.url);
    await holds("/");
    await page.getByRole("button", { name: "Continue" }).click();
    const field = page.getByRole("textbox", { name: "OpenAI API key" });
    await field.fill("sk-ant-abcdefghij");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("This is a key of Anthropic")).toBeVisible();
    await holds("/key");
    await field.fill("sk-proj-test-works-lighthouse-7f3a9b2c4d5e");
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
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
    await setup.close();
    await openai.close();
  }
});
