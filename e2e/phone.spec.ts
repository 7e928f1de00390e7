/** From the phone: a bot's token through the usual review into the files and back, and the phone let in by its code. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { holds } from "@/e2e/support/accessible";
import {
  type CommandAnswer,
  type FakeOpenClaw,
  installAnsweringOpenClaw,
} from "@/e2e/support/fake-openclaw";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";

const TOKEN = "123456789:AAExampleExampleExampleExample0";
const CONFIG = '{\n  // mine\n  "agents": { "defaults": { "model": "openai/gpt-5.5" } },\n}\n';

let setup: SetupServer | null = null;
let openclaw: FakeOpenClaw;

const json = (value: object): CommandAnswer => ({
  code: 0,
  stdout: JSON.stringify(value),
  stderr: "",
});

const file = (name: string) => readFile(join(setup?.home ?? "", ".openclaw", name), "utf8");

async function begin(page: Page, pairing: CommandAnswer): Promise<void> {
  const home = await makeHome();
  const state = join(home, ".openclaw");
  await mkdir(state, { mode: 0o700 });
  await writeFile(join(state, "openclaw.json"), CONFIG, { mode: 0o600 });
  await writeFile(join(state, ".env"), "OPENAI_API_KEY=sk-test-0123456789abcdef01234567\n");
  const providers = [{ provider: "openai", effective: { kind: "env", detail: "" } }];
  const models = json({ resolvedDefault: "openai/gpt-5.5", auth: { providers } });
  openclaw = await installAnsweringOpenClaw(join(home, "program"), {
    config: json({ valid: true }),
    models,
    pairing,
  });
  setup = await startSetup(home, { OPENCLAW_BIN: openclaw.bin, OPENCLAW_GATEWAY_PORT: "9" });
  await page.goto(setup.url);
  await page.goto(new URL("/phone", setup.url).href);
}

test.afterEach(async () => {
  await setup?.close();
  setup = null;
});

test("a token is reviewed, written, used to let the phone in, and taken back", async ({ page }) => {
  await begin(page, json({ ok: true }));
  await holds(page);
  await page.getByRole("textbox", { name: "Bot token" }).fill("123:short");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("This is not a bot’s token")).toBeVisible();
  await page.getByRole("textbox", { name: "Bot token" }).fill(` ${TOKEN} `);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Adds your Telegram bot’s token to ~/.openclaw/.env")).toBeVisible();
  await holds(page);
  expect(await page.content()).not.toContain(TOKEN);
  expect(await file("openclaw.json")).toBe(CONFIG);
  await page.getByRole("button", { name: "Write configuration" }).click();
  await expect(page.getByText("Configuration written")).toBeVisible();
  expect(await file(".env")).toContain(`TELEGRAM_BOT_TOKEN=${TOKEN}`);
  expect(await file("openclaw.json")).toContain("// mine");
  await page.getByRole("link", { name: "Talk to it from your phone" }).first().click();
  await expect(page.getByText("No gateway is running")).toBeVisible();
  await page.getByRole("textbox", { name: "Code from your bot" }).fill("abcd2345");
  await page.getByRole("button", { name: "Let it in" }).click();
  await expect(page.getByText("OpenClaw has let your phone in")).toBeVisible();
  const runs = await openclaw.runs();
  expect(runs.map(({ args }) => args.join(" "))).toContain("pairing approve telegram ABCD2345");
  // No command line is read by others with the token in it.
  expect(runs.flatMap(({ args }) => args).join(" ")).not.toContain(TOKEN);
  await page.getByRole("link", { name: "Back to the result" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The change was undone")).toBeVisible();
  expect(await file("openclaw.json")).toBe(CONFIG);
  expect(await file(".env")).not.toContain(TOKEN);
});

test("a code that OpenClaw refuses is told in its own sentence, and what is none is not sent", async ({
  page,
}) => {
  const said = "Error: No pending pairing request found for code: ABCD2345";
  await begin(page, { code: 1, stdout: "", stderr: `${said}\n` });
  await page.getByRole("textbox", { name: "Bot token" }).fill(TOKEN);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Write configuration" }).click();
  await page.getByRole("link", { name: "Talk to it from your phone" }).first().click();
  await page.getByRole("textbox", { name: "Code from your bot" }).fill("--help");
  await page.getByRole("button", { name: "Let it in" }).click();
  await page.getByRole("textbox", { name: "Code from your bot" }).fill("ABCD2345");
  await page.getByRole("button", { name: "Let it in" }).click();
  await expect(page.getByText("OpenClaw did not take the code")).toBeVisible();
  await expect(page.getByText("No pending pairing request found").first()).toBeVisible();
  const pairings = (await openclaw.runs()).filter(({ args }) => args[0] === "pairing");
  expect(pairings.map(({ args }) => args.at(-1))).toEqual(["ABCD2345"]);
});
