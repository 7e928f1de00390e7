/** What listens where the gateway would: another program, another user's gateway. Told before the write and after it. */

import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { installAnsweringOpenClaw } from "@/e2e/support/fake-openclaw";
import { walkToReview } from "@/e2e/support/key-walk";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-test-works-0123456789abcdef0123456789ab6f70";
const GATEWAY = '{"ok":true,"status":"live"}';
const NOBODY = 65_534;

const said = (value: object) => ({ code: 0, stdout: JSON.stringify(value), stderr: "" });
const BY_KEY = { provider: "openai", effective: { kind: "env", detail: "" } };
const REFUSED =
  "unauthorized: gateway token mismatch (use this gateway's gateway.auth.token or pair the device)";
/** It takes what was written, and is not let in by the gateway (2026.9.6). */
const ANSWERS = {
  config: said({ valid: true }),
  models: said({
    resolvedDefault: "openai/gpt-5.5",
    auth: { providers: [BY_KEY], oauth: { profiles: [] } },
  }),
  infer: { code: 1, stdout: "", stderr: `[openclaw] Error: gateway closed (1008): ${REFUSED}\n` },
};

/** A program at a free port, as this user or another, in any home; with the name that a gateway gives itself, or without. */
async function listen(
  answers: string,
  { uid, isNamed = true, home }: { uid?: number; isNamed?: boolean; home?: string } = {},
): Promise<{ port: number; child: ChildProcess }> {
  const program = `${isNamed ? 'process.title = "openclaw-gateway";' : ""}
const server = require("node:http").createServer((_, response) => response.end(${JSON.stringify(answers)}));
server.listen(0, "127.0.0.1", () => process.stdout.write(String(server.address().port)));`;
  const child = spawn(process.execPath, ["-e", program], {
    stdio: ["ignore", "pipe", "ignore"],
    cwd: "/",
    env: { ...process.env, ...(home === undefined ? {} : { HOME: home }) },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const port = await new Promise<number>((resolve) =>
    child.stdout?.once("data", (chunk: Buffer) => resolve(Number(chunk.toString("utf8")))),
  );
  return { port, child };
}

async function begin(page: Page, port: number, home = "") {
  const openai = await startOpenAiServer();
  if (home === "") home = await makeHome();
  const openclaw = await installAnsweringOpenClaw(join(home, "program"), ANSWERS);
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: openclaw.bin,
    OPENCLAW_GATEWAY_PORT: String(port),
  });
  await page.goto(setup.url);
  await walkToReview(page, KEY);
  return {
    asked: async () => (await openclaw.runs()).filter(({ args }) => args[0] === "infer"),
    close: () => Promise.all([setup.close(), openai.close()]),
  };
}

test("another program at the gateway's port", async ({ page }) => {
  const { port, child } = await listen("hello", { isNamed: false });
  const { close } = await begin(page, port);
  try {
    await expect(page.getByText(`Another program listens on port ${port}`)).toBeVisible();
    await expect(page.getByRole("button", { name: "Write and start" })).toHaveCount(0);
    await page.screenshot({ path: "test-results/in-the-way-program.png", fullPage: true });
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written").first()).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText("The gateway cannot be started from here")).toBeVisible();
    await expect(page.getByText("openclaw gateway run")).toHaveCount(0);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your files are in place");
    await page.screenshot({ path: "test-results/in-the-way-program-done.png", fullPage: true });
  } finally {
    child.kill();
    await close();
  }
});

test("a program that answers as a gateway does is neither asked nor ended", async ({ page }) => {
  const { port, child } = await listen(GATEWAY, { isNamed: false });
  const { asked, close } = await begin(page, port);
  try {
    await expect(page.getByText(`Another program listens on port ${port}`)).toBeVisible();
    await expect(page.getByRole("button", { name: "Write and start" })).toHaveCount(0);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("The gateway cannot be started from here")).toBeVisible();
    await page.getByRole("button", { name: "Ask for a reply" }).click();
    await expect(page.getByText("No reply came")).toBeVisible();
    expect((await asked()).at(-1)?.args).toContain("--local");
    expect(child.exitCode ?? child.signalCode).toBe(null);
  } finally {
    child.kill();
    await close();
  }
});

test("a gateway of another home, which is told by what it was started with", async ({ page }) => {
  const { port, child } = await listen(GATEWAY, { home: "/home/of-somebody-else" });
  const { asked, close } = await begin(page, port);
  try {
    await expect(page.getByText("It runs on other files than these")).toBeVisible();
    await expect(page.getByRole("button", { name: "Write and start" })).toHaveCount(0);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await page.getByRole("button", { name: "Ask for a reply" }).click();
    await expect(page.getByText("No reply came")).toBeVisible();
    expect((await asked()).at(-1)?.args).toContain("--local");
    expect(child.exitCode ?? child.signalCode).toBe(null);
    await page.screenshot({ path: "test-results/in-the-way-other-home.png", fullPage: true });
  } finally {
    child.kill();
    await close();
  }
});

test("another user's gateway at that port", async ({ page }) => {
  test.skip(process.getuid?.() !== 0, "only root can start a program as another user");
  const { port, child } = await listen(GATEWAY, { uid: NOBODY });
  const { asked, close } = await begin(page, port);
  try {
    await expect(page.getByText("It belongs to another user of this machine")).toBeVisible();
    await expect(page.getByRole("button", { name: "Write and start" })).toHaveCount(0);
    await page.screenshot({ path: "test-results/in-the-way-user.png", fullPage: true });
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written").first()).toBeVisible({ timeout: 60_000 });
    await page.screenshot({ path: "test-results/in-the-way-user-done.png", fullPage: true });
    await expect(
      page.getByText("belongs to another user of this machine. Set another"),
    ).toBeVisible();
    await expect(page.getByRole("button", { name: "Open my OpenClaw" })).toHaveCount(0);
    // That gateway would answer with its own user's credential.
    await page.getByRole("button", { name: "Ask for a reply" }).click();
    await expect(page.getByText("No reply came")).toBeVisible();
    expect((await asked()).at(-1)?.args).toContain("--local");
  } finally {
    child.kill();
    await close();
  }
});

test("a gateway that does not let OpenClaw's own command in", async ({ page }) => {
  const home = await makeHome();
  const { port, child } = await listen(GATEWAY, { home });
  const { asked, close } = await begin(page, port, home);
  try {
    await page.getByRole("button", { name: "Write configuration" }).click();
    await page.getByRole("button", { name: "Ask for a reply" }).click();
    const refused = page.getByRole("alert").filter({ hasText: "No reply came" });
    await expect(refused).toContainText("it has another token. Restart it, then ask again.");
    await expect(refused).toContainText(REFUSED);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your files are in place");
    await expect(page.getByRole("button", { name: "Restart the gateway and ask" })).toBeVisible();
    expect((await asked()).at(-1)?.args).toContain("--gateway");
    await page.screenshot({ path: "test-results/in-the-way-token.png", fullPage: true });
  } finally {
    child.kill();
    await close();
  }
});
