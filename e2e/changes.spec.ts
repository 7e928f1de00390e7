/** How often a page that waits is asked for: when the server tells of a change, and twice a second where it cannot. */

import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { walkToReview } from "@/e2e/support/key-walk";
import { makeHome, type SetupServer, startSetup, stopGatewayOf } from "@/e2e/support/setup-server";
import {
  freePort,
  installStartingOpenClaw,
  type StartingOpenClaw,
} from "@/e2e/support/starting-openclaw";

const KEY = "sk-proj-test-works-changes-7f3a9b2c4d5e6f70";

let openai: OpenAiServer;
let openclaw: StartingOpenClaw;
let setup: SetupServer;

test.beforeEach(async () => {
  openai = await startOpenAiServer();
  const home = await makeHome();
  openclaw = await installStartingOpenClaw(join(home, "program"), "starts");
  setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: openclaw.bin,
    OPENCLAW_GATEWAY_PORT: await freePort(),
  });
});
test.afterEach(async () => {
  await stopGatewayOf(setup.home);
  await setup.close();
  await openai.close();
});

/** Up to a gateway that has printed its first line and says nothing more. */
async function waitForGateway(page: Page): Promise<void> {
  await page.goto(setup.url);
  await walkToReview(page, KEY);
  await page.getByRole("button", { name: "Write and start" }).click();
  await expect(page.getByText("loading the plugins")).toBeVisible({ timeout: 60_000 });
}

/** How often the page was asked for while its lifeline was four times: ten seconds. */
async function askedFor(page: Page): Promise<number> {
  let count = 0;
  page.on("request", (request) => {
    if (new URL(request.url()).searchParams.has("_rsc")) count += 1;
  });
  for (let beats = 0; beats < 4; beats += 1) {
    await page.waitForResponse((response) => response.url().endsWith("/mark.svg"));
  }
  return count;
}

test("a wait in which nothing happens is asked for every three seconds, and ends at once", async ({
  page,
}) => {
  await waitForGateway(page);
  expect(await askedFor(page)).toBeLessThanOrEqual(5);
  await openclaw.letGo("gateway");
  await openclaw.letGo("infer");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your OpenClaw answers", {
    timeout: 60_000,
  });
});

test("without the stream of changes it is asked for as often as before", async ({ page }) => {
  await page.route("**/changes", (route) => route.abort());
  await waitForGateway(page);
  expect(await askedFor(page)).toBeGreaterThan(8);
});
