/** Takes pictures of the review of a config that a real release refuses, with its own doctor beside it, and times both. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { installRelease } from "@/e2e/releases/install";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { walkToModels } from "@/e2e/support/key-walk";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-picture-7f3a9b2c4d5e6f70";
const LIMIT_MS = 15 * 60_000;

test("a config that 2026.9.6 refuses", async ({ browser }) => {
  test.setTimeout(2 * LIMIT_MS);
  const release = await installRelease("2026.9.6");
  const openai = await startOpenAiServer();
  const home = await makeHome();
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  const shape = join("e2e", "shapes", "configs", "blog-sandbox-at-root.json5");
  const config = await readFile(shape, "utf8");
  await writeFile(join(home, ".openclaw", "openclaw.json"), config, { mode: 0o600 });
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    PATH: `${release.binDir}:${dirname(release.node)}:/usr/bin:/bin`,
  });
  const context = await browser.newContext({ locale: "en", reducedMotion: "reduce" });
  const page = await context.newPage();
  const picture = async (name: string) => {
    const path = `test-results/screenshots/doctor-${name}.png`;
    await page.screenshot({ path, fullPage: true });
    await holds(page);
  };
  try {
    await page.goto(setup.url);
    await walkToModels(page, KEY);
    const began = performance.now();
    const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
    await page.getByRole("button", { name: "Continue" }).click();
    const main = page.getByRole("main");
    await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Write configuration" })).toBeEnabled();
    const times = [`the review after ${seconds()} s`];
    await expect(main.getByText("already refuses something in your config")).toBeVisible({
      timeout: LIMIT_MS,
    });
    await expect(main.getByText("its own doctor is looking at a private copy…")).toBeVisible();
    times.push(`what the release refuses after ${seconds()} s`);
    await picture("looking");
    await expect(main.getByText("OpenClaw’s own doctor knows a way")).toBeVisible({
      timeout: LIMIT_MS,
    });
    times.push(`what its doctor would do after ${seconds()} s`);
    await picture("found");
    process.stdout.write(`${times.join(", ")}\n`);
  } finally {
    await context.close();
    await setup.close();
    await openai.close();
  }
});
