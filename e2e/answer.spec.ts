/** From an empty machine to an answer through the gateway, with the real OpenClaw, and back to nothing that runs. */

import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { dirname } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { installRelease } from "@/e2e/releases/install";
import { DEFAULT_MODELS, startOpenAiServer } from "@/e2e/servers/openai-server";
import { walkToReview } from "@/e2e/support/key-walk";
import { countPresses } from "@/e2e/support/presses";
import { makeHome, startSetup, stopGatewayOf } from "@/e2e/support/setup-server";
import { eraFor } from "@/lib/openclaw/releases/table";
import { modelOf } from "@/lib/setup/model-ref";

const KEY = "sk-test-works-0123456789abcdef0123456789ab6f70";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function reachReview(page: Page): Promise<void> {
  await walkToReview(page, KEY);
  await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
}

/** The newest; others by hand: `ANSWER_RELEASES=2026.7.1,2026.4.15`. */
const RELEASES = (process.env["ANSWER_RELEASES"] ?? "2026.9.6").split(",");

for (const release of RELEASES)
  test(`${release}: one button leads to an answer through the gateway, and Undo ends what it started`, async ({
    page,
  }) => {
    test.setTimeout(20 * 60_000);
    const installed = await installRelease(release);
    const { era } = eraFor(release);
    // An account that has the model which the release itself would take.
    const openai = await startOpenAiServer({
      models: [...DEFAULT_MODELS, modelOf(era.defaultModel.apiKey)],
    });
    const port = await freePort();
    const setup = await startSetup(await makeHome(), {
      OPENAI_BASE_URL: openai.url,
      OPENCLAW_BIN: installed.cli,
      PATH: `${dirname(installed.node)}:/usr/bin:/bin`,
      OPENCLAW_GATEWAY_PORT: String(port),
      OPENCLAW_SKIP_CHANNELS: "1",
      OPENCLAW_DISABLE_BONJOUR: "1",
      npm_config_registry: "http://127.0.0.1:9/",
    });
    const runs = () =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        () => true,
        () => false,
      );
    try {
      const presses = await countPresses(page, `key-${release}`);
      await page.goto(setup.url);
      await reachReview(page);
      await presses.note("review");
      if (!era.followsBaseUrlVariable) {
        const told = page.getByText(`OpenClaw ${release} does not follow OPENAI_BASE_URL`);
        await expect(told).toBeVisible();
        await page.getByRole("checkbox", { name: /are asked for at 127\.0\.0\.1/u }).check();
        await expect(told).toHaveCount(0);
      }
      await page.screenshot({ path: `test-results/answer-${release}-review.png`, fullPage: true });
      await page.getByRole("button", { name: "Write and start" }).click();
      await expect(page.locator("#content").getByText("The gateway gets ready")).toBeVisible({
        timeout: 240_000,
      });
      await page.screenshot({
        path: `test-results/answer-${release}-starting.png`,
        fullPage: true,
      });
      const answer = page.getByRole("status", { name: "Your OpenClaw answered" });
      const isCheap = era.commands.inferModelRun !== "none";
      if (!isCheap) {
        await page.getByRole("button", { name: "Ask for a reply" }).click({ timeout: 600_000 });
      }
      await expect(answer).toContainText("pong", { timeout: 600_000 });
      await presses.note("answer");
      await expect(answer).toContainText("Asked through the gateway that runs.");
      await expect(answer).toContainText("OpenAI bills this key per use");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your OpenClaw answers");
      await page.screenshot({ path: `test-results/answer-${release}-done.png`, fullPage: true });
      const asked = openai.seen.filter(({ path }) => path === "/v1/responses");
      expect(asked.map(({ authorization }) => authorization)).toContain(`Bearer ${KEY}`);
      expect(await runs()).toBe(true);
      const [dashboard] = await Promise.all([
        page.context().waitForEvent("page"),
        page.getByRole("button", { name: "Open my OpenClaw" }).click(),
      ]);
      // A release that makes no link (2026.7.1) has a page that asks for the token: that is said first.
      const go = dashboard.getByRole("button", { name: "Go there" });
      if (!["2026.9.6"].includes(release)) await go.click({ timeout: 240_000 });
      await dashboard.waitForURL(new RegExp(`^http://127\\.0\\.0\\.1:${port}/`, "u"), {
        timeout: 240_000,
        waitUntil: "commit",
      });
      await dashboard.close();
      await page.getByRole("link", { name: "Who answers and who pays" }).click();
      const now = page.getByRole("region", { name: "What OpenClaw takes now" });
      await expect(now).toContainText(`OpenClaw ${release} said so at`, { timeout: 240_000 });
      await expect(now).toContainText("File of variables");
      await expect(page.getByRole("status", { name: "Your OpenClaw answered" })).toBeVisible();
      await expect(now).toContainText(KEY.slice(-4));
      await page.screenshot({ path: `test-results/answer-${release}-who.png`, fullPage: true });
      await page.getByRole("link", { name: "Back to the result" }).click();
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        "The files are as they were, and the gateway has ended",
        { timeout: 120_000 },
      );
      await page.screenshot({ path: `test-results/answer-${release}-undone.png`, fullPage: true });
      expect(await runs()).toBe(false);
    } finally {
      await stopGatewayOf(setup.home);
      await setup.close();
      await openai.close();
    }
  });
