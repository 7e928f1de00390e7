/** The main job in a real browser: an API key becomes written files, and undo takes them back. */

import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { installRelease } from "@/e2e/releases/install";
import { startModelServer } from "@/e2e/releases/model-server";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-canary-7f3a9b2c4d5e6f70";

async function chooseApiKey(page: Page, setup: SetupServer): Promise<void> {
  await page.goto(setup.url);
  await expect(page).not.toHaveURL(/token/u);
  const group = page.getByRole("group", { name: "How do you want to use OpenAI?" });
  await group.getByRole("radio", { name: "API key" }).check();
  await page.getByRole("button", { name: "Continue" }).click();
}

async function pasteKey(page: Page, key: string): Promise<void> {
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
  await page.getByRole("button", { name: "Continue" }).click();
}

async function chooseOtherModel(page: Page, ref: string): Promise<void> {
  await page.getByText("Another model").click();
  await page.getByRole("textbox", { name: /Model reference/u }).fill(ref);
  await page.getByRole("button", { name: "Continue" }).click();
}

test("a key becomes files, masked on the page, and undo takes them back", async ({ page }) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  const seen: string[] = [];
  page.on("response", async (response) => {
    seen.push(response.url(), await response.text().catch(() => ""));
  });
  try {
    await chooseApiKey(page, setup);
    await page.screenshot({ path: "test-results/key.png" });
    await pasteKey(page, ` OPENAI_API_KEY="${KEY}" `);
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    await page.screenshot({ path: "test-results/model.png" });
    await page.getByRole("button", { name: "Continue" }).click();

    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview).toContainText(".openclaw/.env");
    await expect(preview).toContainText("0600");
    await expect(page.getByText("Adds your key to ~/.openclaw/.env")).toBeVisible();
    await page.screenshot({ path: "test-results/review.png", fullPage: true });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download openclaw.json" }).click(),
    ]);
    const downloaded = await readFile(await download.path());
    const [choices] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download these choices" }).click(),
    ]);
    const answers = JSON.parse(await readFile(await choices.path(), "utf8"));
    expect(answers).toMatchObject({ version: 1, auth: "api-key" });
    expect(JSON.stringify(answers)).not.toContain(KEY);

    expect(await readdir(setup.home), "nothing is written before it is asked for").toEqual([]);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(
      page.getByRole("status").filter({ hasText: "Configuration written" }),
    ).toBeVisible();
    await expect(page.getByText("OpenClaw is not installed here")).toBeVisible();
    // Nothing has been proven yet, so nothing is called set up.
    await expect(page.getByRole("heading", { name: "Your files are in place" })).toBeVisible();
    await page.screenshot({ path: "test-results/done.png", fullPage: true });
    const dotenv = join(setup.home, ".openclaw", ".env");
    const config = join(setup.home, ".openclaw", "openclaw.json");
    expect(await readFile(dotenv, "utf8")).toBe(`OPENAI_API_KEY=${KEY}\n`);
    expect((await readFile(config)).equals(downloaded)).toBe(true);
    for (const file of [dotenv, config]) expect((await stat(file)).mode & 0o777).toBe(0o600);

    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The change was undone")).toBeVisible();
    await expect(stat(dotenv)).rejects.toThrow("ENOENT");
    await expect(stat(config)).rejects.toThrow("ENOENT");

    const storage = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    );
    for (const text of [...seen, storage, setup.output(), await page.content()]) {
      expect(text).not.toContain(KEY);
    }
    expect(openai.seen.map((request) => request.authorization)).toContain(`Bearer ${KEY}`);
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a lived-in config keeps every byte outside the edit", async ({ page }) => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const config = join(home, ".openclaw", "openclaw.json");
  const notes = Array.from({ length: 180 }, (_, line) => `  // note ${line}, kept as it is`).join(
    "\n",
  );
  const before = `{\n${notes}\n  agents: { defaults: { model: 'openai/gpt-5.2', /* mine */ }, },\n  "gateway": {mode: "local", bind: "loopback", auth: {mode: "token", token: "0123456789abcdef0123"}},\n}\n`;
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  await writeFile(config, before, { mode: 0o600 });
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
  try {
    await chooseApiKey(page, setup);
    await pasteKey(page, KEY);
    await chooseOtherModel(page, "openai/gpt-5.5");
    const pin = page.getByRole("checkbox", { name: /own built-in runtime/u });
    // With scripts the preview follows by itself.
    await expect(page.getByRole("button", { name: "Update preview" })).toBeHidden();
    await pin.uncheck();
    // The box is empty at once; the preview tells when the server has answered.
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview).not.toContainText("agentRuntime");
    await expect(pin).not.toBeChecked();

    await writeFile(config, `${before}// later\n`, { mode: 0o600 });
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("A file changed since you looked")).toBeVisible();
    expect(await readFile(config, "utf8")).toBe(`${before}// later\n`);

    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written")).toBeVisible();
    expect(await readFile(config, "utf8")).toBe(
      `${before.replace("'openai/gpt-5.2'", "'openai/gpt-5.5'")}// later\n`,
    );
  } finally {
    await setup.close();
    await openai.close();
  }
});

interface Proof {
  readonly release: string;
  /** One that this release knows. */
  readonly model: string;
}

/** Writes the key for a real release whose model address leads to loopback, and waits until it is usable. */
async function setUpRelease(page: Page, { release, model }: Proof) {
  // The first run downloads the release.
  test.setTimeout(15 * 60_000);
  const installed = await installRelease(release);
  const [openai, models] = [await startOpenAiServer(), await startModelServer("pong")];
  const home = await makeHome();
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  const id = model.replace("openai/", "");
  const provider = { baseUrl: models.apiBase, api: "openai-responses", models: [{ id, name: id }] };
  await writeFile(
    join(home, ".openclaw", "openclaw.json"),
    `// pointed at loopback\n${JSON.stringify({ models: { providers: { openai: provider } } }, null, 2)}\n`,
  );
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: installed.cli,
    PATH: `${dirname(installed.node)}:/usr/bin:/bin`,
  });
  const close = () => Promise.all([setup.close(), openai.close(), models.close()]);
  try {
    await chooseApiKey(page, setup);
    await pasteKey(page, KEY);
    await chooseOtherModel(page, model);
    // It would be led to where the key was checked.
    await page.getByRole("checkbox", { name: /providers\.openai lead to/u }).uncheck();
    await expect(page.getByRole("region", { name: "Preview" })).not.toContainText(openai.url);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("OpenAI is ready to use")).toBeVisible({ timeout: 90_000 });
  } catch (error) {
    await close();
    throw error;
  }
  return { models, close };
}

test("the real OpenClaw finds the key usable and replies with it", async ({ page }) => {
  const { models, close } = await setUpRelease(page, {
    release: "2026.9.6",
    model: "openai/gpt-5.5",
  });
  try {
    await page.getByRole("button", { name: "Ask for a reply" }).click();
    await expect(page.getByText("Your OpenClaw answered")).toBeVisible({ timeout: 120_000 });
    await expect(page.getByText("pong")).toBeVisible();
    await page.screenshot({ path: "test-results/replied.png", fullPage: true });
    expect(new Set(models.turns().map(({ bearer }) => bearer))).toEqual(new Set([KEY]));
  } finally {
    await close();
  }
});

test("a key that OpenAI refuses is never shown as an answer", async ({ page }) => {
  // This release ends with code 0 and puts the refusal where the reply would be.
  const { models, close } = await setUpRelease(page, {
    release: "2026.2.9",
    model: "openai/gpt-5.2",
  });
  try {
    models.refuse(KEY);
    await page.getByRole("button", { name: "Ask for a reply" }).click();
    await expect(page.getByText("No reply came")).toBeVisible({ timeout: 120_000 });
    await expect(page.getByText("Your OpenClaw answered")).toHaveCount(0);
    expect(models.turns().length).toBeGreaterThan(0);
  } finally {
    await close();
  }
});

for (const [name, pasted, message] of [
  ["an empty field", "", "There is no key yet"],
  ["an inner space", "sk-proj-abc def", "There is a gap inside the key"],
  ["an admin key", "sk-admin-abcdefghij", "This is an admin key"],
  ["a key of Anthropic", "sk-ant-abcdefghij", "This is a key of Anthropic"],
] as const) {
  test(`${name} is refused with its reason`, async ({ page }) => {
    const setup = await startSetup(await makeHome());
    try {
      await chooseApiKey(page, setup);
      await pasteKey(page, pasted);
      await expect(page.getByText(message)).toBeVisible();
    } finally {
      await setup.close();
    }
  });
}

test("the door: no page without its token, none for a foreign host or origin", async ({
  page,
  request,
}) => {
  const setup = await startSetup(await makeHome());
  const origin = new URL(setup.url).origin;
  try {
    expect((await request.get(`${origin}/`)).status()).toBe(403);
    await page.goto(setup.url);
    await expect(page.getByRole("button", { name: "Continue" })).toBeVisible();
    const again = await request.get(setup.url);
    expect(again.status()).toBe(403);
    expect(await again.text()).toContain("This link was already used");
    const foreign = await request.get(`${origin}/`, { headers: { host: "evil.test" } });
    expect(foreign.status()).toBe(421);
    const posted = await page.request.post(`${origin}/key`, {
      headers: { origin: "http://evil.test" },
      form: { key: "x" },
    });
    expect(posted.status()).toBe(403);
  } finally {
    await setup.close();
  }
});

test("what another tab chose since is said, and not written unseen", async ({ page, context }) => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
  try {
    await chooseApiKey(page, setup);
    await pasteKey(page, KEY);
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
    const other = await context.newPage();
    await other.goto(new URL("/model", setup.url).href);
    await other.getByRole("radio", { name: /^openai\/gpt-5-mini(?: |$)/u }).check();
    await other.getByRole("button", { name: "Continue" }).click();
    await expect(other.getByRole("region", { name: "Preview" })).toBeVisible();
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Something was chosen otherwise in another tab")).toBeVisible();
    await expect(page.getByText("Sets the model to openai/gpt-5-mini")).toBeVisible();
    expect(await readdir(home)).not.toContain(".openclaw");
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a key that another tab forgot is said where one is led for another", async ({
  page,
  context,
}) => {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    await chooseApiKey(page, setup);
    await pasteKey(page, KEY);
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
    const other = await context.newPage();
    await other.goto(new URL("/key", setup.url).href);
    await other.getByRole("button", { name: "Forget this key" }).click();
    await expect(other.getByText("Given:")).toHaveCount(0);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByRole("heading", { name: "Paste your OpenAI API key" })).toBeVisible();
    await expect(page.getByText("Something was chosen otherwise in another tab")).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a config that does not parse is named by line and column and left alone", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  await mkdir(join(home, ".openclaw"));
  const config = join(home, ".openclaw", "openclaw.json");
  await writeFile(config, "{\n  agents: {{\n}\n");
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
  try {
    await chooseApiKey(page, setup);
    await pasteKey(page, KEY);
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByText("Your config has a mistake in line 2, column 12")).toBeVisible();
    expect(await readFile(config, "utf8")).toBe("{\n  agents: {{\n}\n");
  } finally {
    await setup.close();
    await openai.close();
  }
});
