/** A server for real: over SSH, through exactly the line that is printed, to a sign-in, an answer and the dashboard. */

import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { chromium, expect, test } from "@playwright/test";
import { installRelease } from "@/e2e/releases/install";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, stopGatewayOf } from "@/e2e/support/setup-server";
import { consent, signedIn } from "@/e2e/support/sign-in";
import { heard, makeTwoMachines, obstacleToMachines } from "@/e2e/support/two-machines";

const KEY = "sk-test-works-0123456789abcdef0123456789ab6f70";
const obstacle = obstacleToMachines();
// biome-ignore lint/suspicious/noConsole: a test that is left out says why.
if (obstacle !== null) console.log(`A server for real is left out: ${obstacle}.`);

test("the printed tunnel leads from another machine to a sign-in, an answer and the dashboard", async () => {
  test.skip(obstacle !== null, obstacle ?? "");
  test.setTimeout(25 * 60_000);
  const { use } = test.info().project;
  const [installed, openai] = [await installRelease("2026.9.6"), await startOpenAiServer()];
  const chatgpt = await startChatGptIssuer();
  const machines = await makeTwoMachines();
  const home = await makeHome();
  const program = use.launchOptions?.executablePath ?? chromium.executablePath();
  const browser = await chromium.launch({
    ...use.launchOptions,
    executablePath: await machines.browserOnClient(program),
  });
  try {
    for (const { url } of [openai, chatgpt])
      await machines.reach(Number(new URL(url).port), "server");
    await machines.reach(Number(new URL(chatgpt.url).port), "client");
    const env = {
      HOME: home,
      PATH: `${dirname(installed.node)}:/usr/bin:/bin`,
      OPENAI_BASE_URL: openai.url,
      CHATGPT_ISSUER: chatgpt.url,
      OPENCLAW_BIN: installed.cli,
      OPENCLAW_SKIP_CHANNELS: "1",
      OPENCLAW_DISABLE_BONJOUR: "1",
      npm_config_registry: "http://127.0.0.1:9/",
    };
    const given = Object.entries(env).map(([name, value]) => `${name}='${value}'`);
    const start = `'${process.execPath}' '${join(process.cwd(), "bin", "start.mjs")}' --locale en`;
    const shell = machines.overSsh(`${given.join(" ")} ${start}`);
    let said = "";
    shell.stdout?.on("data", (part: Buffer) => {
      said += stripVTControlCharacters(part.toString("utf8"));
    });
    // Somebody over SSH is asked first; the second choice is the page.
    await heard(shell, /Arrows choose/u);
    shell.stdin?.write("\u001b[B\r");
    await heard(shell, /OpenClaw Setup is ready: \S+\s/u);
    const [, line = ""] = /^ {2}(ssh -N .+?)\r?$/mu.exec(said) ?? [];
    expect(line).toContain(`@${machines.serverAddress}`);
    const [, link = ""] = /OpenClaw Setup is ready: (\S+)/u.exec(said) ?? [];

    const page = await (await browser.newContext({ locale: "en-US" })).newPage();
    await expect(page.goto(link)).rejects.toThrow("ERR_CONNECTION_REFUSED");
    const tunnel = machines.onClient(line);
    await expect(async () => void (await page.goto(link))).toPass({ timeout: 30_000 });

    await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    // A device code comes first for somebody over SSH; through the tunnel the page comes back too.
    await page.getByRole("button", { name: "Sign in with ChatGPT" }).click();
    await page.waitForURL(`${chatgpt.url}/interaction/*`);
    await consent(page);
    await expect(signedIn(page)).toBeVisible();

    await page.goto(new URL("/", link).href);
    await page.getByRole("radio", { name: "API key" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("Another model").click();
    await page.getByRole("textbox", { name: /Model reference/u }).fill("openai/gpt-5.5");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Write and start" }).click();
    const answer = page.getByRole("status", { name: "Your OpenClaw answered" });
    await expect(answer).toContainText("pong", { timeout: 900_000 });
    const [dashboard] = await Promise.all([
      page.context().waitForEvent("page"),
      page.getByRole("button", { name: "Open my OpenClaw" }).click(),
    ]);
    await dashboard.waitForURL(/^http:\/\/127\.0\.0\.1:18789\//u, {
      timeout: 240_000,
      waitUntil: "commit",
    });
    await dashboard.close();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "The files are as they were, and the gateway has ended",
      { timeout: 120_000 },
    );
    expect(tunnel.exitCode).toBeNull();
    shell.stdin?.write("\u0003");
    await new Promise((resolve) => shell.once("exit", resolve));
    expect(said).not.toContain(KEY);
  } finally {
    await stopGatewayOf(home);
    await browser.close();
    await machines.close();
    await Promise.all([openai.close(), chatgpt.close()]);
    await rm(home, { recursive: true, force: true });
  }
});
