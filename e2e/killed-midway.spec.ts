/** The page is killed while a gateway starts: the next start says where it stood, and ends what was begun. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { installProgram } from "@/e2e/support/fake-openclaw";
import { walkToReview } from "@/e2e/support/key-walk";
import { gatewayOf, makeHome, startSetup, stopGatewayOf } from "@/e2e/support/setup-server";

const KEY = "sk-test-works-0123456789abcdef0123456789ab6f70";

/** It takes what was written, and its gateway says a line and never listens. */
const PROGRAM = `const [first, second] = process.argv.slice(2);
const provider = { provider: "openai", effective: { kind: "env", detail: "" } };
const auth = { providers: [provider], oauth: { profiles: [] } };
const answers = {
  config: { valid: true },
  models: { resolvedDefault: "openai/gpt-5.5", auth },
};
if (first === "gateway" && second === "run") {
  console.log("2026-11-30T12:00:00.000Z loading plugins");
  setInterval(() => {}, 1000);
} else if (answers[first]) console.log(JSON.stringify(answers[first]));
else process.exitCode = 1;
`;

test("the next start names the gateway that was begun, and stops it", async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const env = {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: await installProgram(join(home, "program"), PROGRAM),
    OPENCLAW_GATEWAY_PORT: "9",
  };
  const state = join(home, ".openclaw");
  const killed = await startSetup(home, env);
  let next: Awaited<ReturnType<typeof startSetup>> | null = null;
  try {
    await page.goto(killed.url);
    await walkToReview(page, KEY);
    await page.getByRole("button", { name: "Write and start" }).click();
    await expect(page.locator("#content").getByText("The gateway gets ready")).toBeVisible();
    await expect(page.getByText("loading plugins")).toBeVisible();
    process.kill(killed.pid, "SIGKILL");
    await killed.ended;
    // The page of the killed program would ask for itself again, and so cut off the way to the next.
    await page.goto("about:blank");
    expect(gatewayOf(home)).not.toBe(null);
    next = await startSetup(home, env);
    await page.goto(next.url);
    const found = page.getByRole("region", { name: "Found on this machine" });
    await expect(found).toContainText("has started a gateway here; it is not listening yet");
    await expect(found).toContainText("the one OpenClaw uses now");
    await page.getByRole("link", { name: "Who answers and who pays" }).click();
    await expect(page.getByText("OpenClaw Setup wrote here last on")).toBeVisible();
    await page.goBack();
    await page.getByRole("button", { name: "Stop this gateway" }).click();
    await expect(found).not.toContainText("it is not listening yet");
    expect(gatewayOf(home)).toBe(null);
    // What was written is whole.
    expect(await readFile(join(state, ".env"), "utf8")).toContain(KEY);
  } finally {
    await stopGatewayOf(home);
    await next?.close();
    await killed.close();
    await openai.close();
  }
});
