/** What answers is compared with what was chosen, and nothing is called set up that is not: the reports' own cases. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import {
  type CommandAnswer,
  type FakeOpenClaw,
  installAnsweringOpenClaw,
} from "@/e2e/support/fake-openclaw";
import { walkToReview } from "@/e2e/support/key-walk";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { answerOf } from "@/lib/openclaw/command/testing/fake-cli";
import { type StandIn, startStandIn } from "@/lib/openclaw/gateway/testing/stand-in";

const KEY = "sk-proj-test-works-canary-7f3a9b2c4d5e6f70";
const NOBODY = { OPENCLAW_GATEWAY_PORT: "9" };

let openai: OpenAiServer;
let setup: SetupServer | null = null;
let openclaw: FakeOpenClaw;
let gateway: StandIn | null = null;

test.beforeEach(async () => {
  openai = await startOpenAiServer();
});
test.afterEach(async () => {
  await setup?.close();
  await openai.close();
  await gateway?.end();
  setup = null;
  gateway = null;
});

const VALID: CommandAnswer = { code: 0, stdout: '{"valid":true}', stderr: "" };

/** As 2026.9.6 says which key it would use. */
function status(detail = "sk-proj-...5d6e6f70", kind = "env"): CommandAnswer {
  const labels = kind === "profiles" ? [`openai:default=${detail}`] : [];
  const profile = { profileId: "openai:default", provider: "openai", type: "api_key" };
  const auth = {
    providers: [{ provider: "openai", effective: { kind, detail }, profiles: { labels } }],
    oauth: { profiles: kind === "profiles" ? [{ ...profile, status: "static" }] : [] },
  };
  return {
    code: 0,
    stdout: JSON.stringify({ resolvedDefault: "openai/gpt-5.5", auth }),
    stderr: "",
  };
}

/** Files below the home, then the page on its first step. */
async function begin(
  page: Page,
  files: Readonly<Record<string, string | object>>,
  answers: Readonly<Record<string, CommandAnswer>> = {},
  env: Readonly<Record<string, string>> = NOBODY,
  given: string | null = null,
): Promise<void> {
  const home = given ?? (await makeHome());
  for (const [name, content] of Object.entries(files)) {
    const file = join(home, name);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const text = typeof content === "string" ? content : JSON.stringify(content, null, 2);
    await writeFile(file, text, { mode: 0o600 });
  }
  const usual = { config: VALID, models: status() };
  openclaw = await installAnsweringOpenClaw(join(home, "program"), { ...usual, ...answers });
  const where = { OPENAI_BASE_URL: openai.url, OPENCLAW_BIN: openclaw.bin };
  setup = await startSetup(home, { ...where, ...env });
  await page.goto(setup.url);
}

async function reachReview(page: Page): Promise<void> {
  await walkToReview(page, KEY, "openai/gpt-5.5");
  await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
}

async function writeIt(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Write configuration" }).click();
  await expect(page.getByText("Configuration written")).toBeVisible({ timeout: 30_000 });
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });

/** A gateway of these files that has run for so long; the port is for OPENCLAW_GATEWAY_PORT. */
async function startGateway(uptimeMs: number, home: string): Promise<string> {
  const body = JSON.stringify({ ok: true, uptimeMs });
  gateway = await startStandIn({ env: { HOME: home }, body });
  return String(gateway.port);
}

const PROXY = {
  agents: { defaults: { model: "myproxy/foo" } },
  models: {
    providers: { myproxy: { baseUrl: "http://127.0.0.1:9/v1", apiKey: "own-key-123456" } },
  },
};

test("a fallback that answers is no proof of the key, and nothing green stands above it", async ({
  page,
}) => {
  const agent = answerOf("2026.9.6", "turn-fallback");
  await begin(page, { ".openclaw/openclaw.json": PROXY }, { agent });
  await reachReview(page);
  await writeIt(page);
  await expect(heading(page, "Your OpenClaw is set up")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Ask for a whole turn" }).click();
  const told = page.getByRole("status").filter({ hasText: "not from what you chose" });
  await expect(told).toContainText("Model: myproxy/foo, not GPT-5.5 (openai/gpt-5.5)", {
    timeout: 30_000,
  });
  await expect(told).toContainText("was tried first and did not answer");
  await expect(told).toContainText("No credit is left");
  await expect(heading(page, "Your files are in place")).toBeVisible();
  await expect(page.getByText("Your OpenClaw answered")).toHaveCount(0);
  await page.screenshot({ path: "test-results/answered-by-another.png", fullPage: true });
});

for (const [name, words, sentence] of [
  ["turn-refused-quota", "No credit is left", "your API key has run out of credits"],
  ["turn-refused-auth", "was not accepted", "Authentication failed"],
  ["turn-refused-region", "a region with an address of its own", "eu.api.openai.com"],
] as const) {
  test(`a refused turn says why in the open: ${name}`, async ({ page }) => {
    await begin(page, {}, { agent: answerOf("2026.9.6", name) });
    await reachReview(page);
    await writeIt(page);
    await page.getByRole("button", { name: "Ask for a whole turn" }).click({ timeout: 30_000 });
    const told = page.getByRole("alert").filter({ hasText: "No reply came" });
    await expect(told).toContainText(words, { timeout: 30_000 });
    await expect(told.getByRole("blockquote")).toContainText(sentence);
    await expect(told.getByText("runId=").first()).toBeHidden();
    await expect(page.getByText("ended with an error")).toHaveCount(0);
    await expect(heading(page, "Your files are in place")).toBeVisible();
  });
}

test("an agent's own directory with an old key is named, in place of a promise", async ({
  page,
}) => {
  const agents = { list: [{ id: "main", default: true, agentDir: "~/own" }] };
  const profile = { type: "api_key", provider: "openai", key: "sk-proj-old000000000000000AAAA" };
  const store = { version: 1, profiles: { "openai:default": profile } };
  await begin(
    page,
    { ".openclaw/openclaw.json": { agents }, "own/auth-profiles.json": store },
    { models: status("sk-proj-...0000AAAA", "profiles") },
  );
  await reachReview(page);
  await writeIt(page);
  const told = page.getByRole("status").filter({ hasText: "something other than you chose" });
  await expect(told).toContainText("AAAA", { timeout: 30_000 });
  await expect(told).toContainText("not the key you gave (••••6f70)");
  await expect(told).toContainText("~/own/auth-profiles.json");
  await expect(heading(page, "Your files are in place")).toBeVisible();
});

test("a gateway that runs is said before and after, and is the one that is asked", async ({
  page,
}) => {
  const home = await makeHome();
  const port = await startGateway(3_600_000, home);
  const agent = answerOf("2026.9.6", "turn-through-gateway");
  await begin(page, {}, { agent }, { OPENCLAW_GATEWAY_PORT: port }, home);
  await expect(page.getByText(`A gateway is running on port ${port}`)).toBeVisible();
  await reachReview(page);
  await expect(page.getByText("keeps the key it read at its start")).toBeVisible();
  await writeIt(page);
  await expect(page.getByText("may still have what it read at its start")).toBeVisible();
  await expect(page.getByText("openclaw gateway restart")).toBeVisible();
  await expect(page.getByText("openclaw gateway run")).toHaveCount(0);
  await page.getByRole("button", { name: "Ask for a whole turn" }).click({ timeout: 30_000 });
  await expect(page.getByText("from a gateway that may not have read the change yet")).toBeVisible({
    timeout: 30_000,
  });
  await expect(heading(page, "Your files are in place")).toBeVisible();
  await page.screenshot({ path: "test-results/gateway-runs.png", fullPage: true });
  const asked = (await openclaw.runs()).filter(({ args }) => args[0] === "agent");
  expect(asked.map(({ args }) => args.includes("--local"))).toEqual([false]);
});

test("a service's key and token are sources like any other", async ({ page }) => {
  const unit = ".config/systemd/user/openclaw-gateway.service";
  const other = "sk-proj-service-canary-00112233445566778899aabb";
  await begin(page, {
    [unit]: `[Service]\nExecStart=/bin/true\nEnvironment=OPENAI_API_KEY=${other}\n`,
    [`${unit}.d/override.conf`]: "[Service]\nEnvironment=OPENCLAW_GATEWAY_TOKEN=mine\n",
  });
  await expect(page.getByText(/service sets an OpenAI key of its own/u)).toContainText(`~/${unit}`);
  await reachReview(page);
  const told = page.getByRole("status").filter({ hasText: "service has a key of its own" });
  await expect(told).toContainText(`~/${unit}`);
  await expect(page.getByRole("region", { name: "Preview" })).not.toContainText("token");
  await writeIt(page);
  await expect(told).toContainText("restart the gateway");
  expect(await page.content()).not.toContain(other);
  const config = await readFile(join(setup?.home ?? "", ".openclaw/openclaw.json"), "utf8");
  expect(config).not.toContain("token");
});

test("where the gateway is another machine's, that is said first and nothing is promised here", async ({
  page,
}) => {
  const remote = { url: "wss://me:pass-canary-1@box.lan:18789" };
  await begin(page, { ".openclaw/openclaw.json": { gateway: { mode: "remote", remote } } });
  await expect(page.getByText("uses a gateway on another machine")).toBeVisible();
  await reachReview(page);
  const told = page.getByRole("status").filter({ hasText: "The key belongs on another machine" });
  await expect(told).toContainText("box.lan:18789");
  await expect(page.getByText("what the gateway still needs to start")).toHaveCount(0);
  await writeIt(page);
  await expect(told).toBeVisible();
  await expect(page.getByText("openclaw gateway run")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Ask for a reply" })).toHaveCount(0);
  await expect(heading(page, "Your files are in place")).toBeVisible();
  expect(await page.content()).not.toContain("pass-canary-1");
});
