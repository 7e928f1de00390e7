/** Who answers and who pays, at a later start: the order, what OpenClaw says, the proof, and the way to change it. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { type OpenAiServer, startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import {
  type CommandAnswer,
  type FakeOpenClaw,
  installAnsweringOpenClaw,
} from "@/e2e/support/fake-openclaw";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { startStandIn } from "@/lib/openclaw/gateway/testing/stand-in";

const KEY = "sk-test-works-0123456789abcdef0123456789ab6f70";
const MODEL = "openai/gpt-5.5";

let openai: OpenAiServer;
let setup: SetupServer | null = null;
let openclaw: FakeOpenClaw;

test.beforeEach(async () => {
  openai = await startOpenAiServer();
});
test.afterEach(async () => {
  await setup?.close();
  setup = null;
  await openai.close();
});

const json = (value: object): CommandAnswer => ({
  code: 0,
  stdout: JSON.stringify(value),
  stderr: "",
});

const LOGIN = {
  effective: { kind: "profiles", detail: "" },
  labels: ["openai:default=OAuth (ada@example.com)"],
  profiles: [{ profileId: "openai:default", provider: "openai", type: "oauth", status: "ok" }],
};
const BY_KEY = { effective: { kind: "env", detail: "sk-test-…6f70" }, labels: [], profiles: [] };

function status({ effective, labels, profiles }: typeof LOGIN | typeof BY_KEY): CommandAnswer {
  const providers = [{ provider: "openai", effective, profiles: { labels } }];
  return json({ resolvedDefault: MODEL, auth: { providers, oauth: { profiles } } });
}

/** A home with a key in `.env`, whose OpenClaw says this. */
async function begin(
  answers: Readonly<Record<string, CommandAnswer>>,
  env: Readonly<Record<string, string>> = { OPENCLAW_GATEWAY_PORT: "9" },
  given: string | null = null,
): Promise<void> {
  const home = given ?? (await makeHome());
  const state = join(home, ".openclaw");
  await mkdir(state, { mode: 0o700 });
  await writeFile(join(state, ".env"), `OPENAI_API_KEY=${KEY}\n`, { mode: 0o600 });
  const config = { agents: { defaults: { model: MODEL } } };
  await writeFile(join(state, "openclaw.json"), JSON.stringify(config), { mode: 0o600 });
  const valid = json({ valid: true });
  openclaw = await installAnsweringOpenClaw(join(home, "program"), { config: valid, ...answers });
  setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: openclaw.bin,
    ...env,
  });
}

async function openFromFirstPage(page: Page): Promise<void> {
  await page.goto(setup?.url ?? "");
  await page.getByRole("link", { name: "Who answers and who pays" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Who answers and who pays");
}

const now = (page: Page) => page.getByRole("region", { name: "What OpenClaw takes now" });

test("a key answers, is proven by a word, and is billed", async ({ page }) => {
  const run = { ok: true, provider: "openai", model: MODEL, outputs: [{ text: "It does." }] };
  await begin({ models: status(BY_KEY), infer: json(run) });
  await openFromFirstPage(page);
  await expect(now(page)).toContainText("File of variables");
  await expect(now(page)).toContainText("••••6f70");
  await expect(now(page)).toContainText("OpenClaw 2026.9.6 said so at");
  await expect(now(page)).toContainText(MODEL);
  await expect(page.getByText("names no price for this model")).toBeVisible();
  expect(await page.content()).not.toContain(KEY);
  // Nothing that costs money is asked for by itself.
  expect((await openclaw.runs()).map(({ args }) => args[0])).not.toContain("infer");
  await page.getByRole("button", { name: "Ask for a reply" }).click();
  const answer = page.getByRole("status", { name: "Your OpenClaw answered" });
  await expect(answer).toContainText("It does.");
  await expect(answer).toContainText("OpenAI bills this key per use");
  await expect(page.getByText("Answered at")).toBeVisible();
  await holds(page);
});

test("a login answers before the key, which goes first through the usual review", async ({
  page,
}) => {
  const resetAt = Date.now() + 3 * 3_600_000;
  const windows = [{ label: "5h", usedPercent: 12, resetAt }];
  const usage = {
    providers: [{ provider: "openai", displayName: "OpenAI", plan: "plus", windows }],
  };
  await begin({ models: status(LOGIN), status: json({ usage }) });
  await openFromFirstPage(page);
  await expect(now(page)).toContainText("ada@example.com");
  const lines = page.getByRole("main").getByRole("list").first().getByRole("listitem");
  await expect(lines.nth(0)).toContainText("OpenClaw takes this one");
  await expect(lines.nth(1)).toContainText("Not asked as long as one before it is there");
  await page.getByRole("button", { name: "Ask for the limits" }).click();
  await expect(page.getByText("5h: 12% used")).toBeVisible();
  await expect(page.getByText("Plan: plus")).toBeVisible();
  await holds(page);
  await page.getByRole("button", { name: "Put first" }).click();
  await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
  const config = await readFile(join(setup?.home ?? "", ".openclaw/openclaw.json"), "utf8");
  expect(config).toBe(JSON.stringify({ agents: { defaults: { model: MODEL } } }));
});

test("a gateway that has not read the key is named, and files alone are told where OpenClaw cannot be asked", async ({
  page,
}) => {
  const home = await makeHome();
  const body = JSON.stringify({ ok: true, uptimeMs: 3_600_000 });
  const gateway = await startStandIn({ env: { HOME: home }, body });
  try {
    await begin({}, { OPENCLAW_GATEWAY_PORT: `${gateway.port}` }, home);
    await openFromFirstPage(page);
    await expect(page.getByText("The gateway has not read this key")).toBeVisible();
    await expect(page.getByText("openclaw gateway restart")).toBeVisible();
    await expect(now(page)).toContainText("Read from the files alone");
    await expect(page.getByText("OpenClaw could not be asked")).toBeVisible();
  } finally {
    await gateway.end();
  }
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test("it says the same, and changes lead into the steps", async ({ page }) => {
    await begin({ models: status(BY_KEY) });
    await openFromFirstPage(page);
    await expect(now(page)).toContainText("OpenClaw 2026.9.6 said so at", { timeout: 15_000 });
    await page.getByRole("button", { name: "Use a ChatGPT subscription" }).click();
    await expect(page.getByRole("heading", { name: "Sign in with ChatGPT" })).toBeVisible();
  });
});
