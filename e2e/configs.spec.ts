/** Configs as people have them, on the page: spread over files, with another provider's model, with mistakes of their own. */

import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { installFakeOpenClaw } from "@/e2e/support/fake-openclaw";
import { walkToReview } from "@/e2e/support/key-walk";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-canary-7f3a9b2c4d5e6f70";
const OWN = "anthropic/claude-opus-4-6";
const FILES = {
  "openclaw.json": `// mine
{
  agents: { $include: "./parts/agents.json5" },
  gateway: { $include: "./parts/gateway.json5" },
  models: { providers: { openai: { agentRuntime: { id: "openclaw" } } } },
  env: { vars: { ANTHROPIC_API_KEY: "sk-ant-made-up-0123456789" } },
}
`,
  "parts/agents.json5": `{ defaults: { model: "${OWN}" } } // the good one\n`,
  "parts/gateway.json5": `{ mode: "local", bind: "loopback", auth: { mode: "token", token: "made-up-0123456789abcdef" } }\n`,
};

interface Scene {
  readonly home: string;
  /** What OpenClaw's commands print; null: none is installed. */
  readonly says: object | null;
  /** The release that will be installed, where another one wrote the config. */
  readonly target?: string;
}

async function furnish(files: Readonly<Record<string, string>>): Promise<string> {
  const home = await makeHome();
  for (const [name, text] of Object.entries(files)) {
    const file = join(home, ".openclaw", name);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600 });
  }
  return home;
}

async function filesOf(home: string): Promise<Record<string, string>> {
  const state = join(home, ".openclaw");
  const names = await readdir(state, { recursive: true, withFileTypes: true }).catch(() => []);
  const texts: Record<string, string> = {};
  for (const entry of names) {
    const name = join(entry.parentPath, entry.name).slice(state.length + 1);
    if (entry.isFile() && !name.startsWith(".openclaw-setup")) {
      texts[name] = await readFile(join(state, name), "utf8");
    }
  }
  return texts;
}

/** As far as the review. */
async function withReview(
  page: Page,
  { home, says, target }: Scene,
  look: () => Promise<void>,
): Promise<void> {
  const openai = await startOpenAiServer();
  const fake = says && (await installFakeOpenClaw(join(home, "program"), JSON.stringify(says)));
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    ...(fake ? { OPENCLAW_BIN: fake.bin } : {}),
  });
  try {
    await page.goto(setup.url);
    await page.getByRole("radio", { name: "API key" }).check();
    if (target) {
      const release = page.getByRole("combobox", { name: "Release to install" });
      // The release that wrote the config is the one proposed.
      await expect(release.locator("option:checked")).toHaveText(/wrote your config/u);
      await release.selectOption(target);
    }
    await walkToReview(page, KEY, "openai/gpt-5.5");
    await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
    await look();
  } finally {
    await setup.close();
    await openai.close();
  }
}

const write = (page: Page) => page.getByRole("button", { name: "Write configuration" }).click();

test("a config spread over files is changed where its keys are, and undo brings all back", async ({
  page,
}) => {
  const home = await furnish(FILES);
  await withReview(page, { home, says: { valid: true, path: "", issues: [] } }, async () => {
    await expect(page.getByText("Your OpenClaw 2026.9.6 accepts this")).toBeVisible();
    const question = page.getByRole("group", { name: /Which model should answer/u });
    await expect(
      question.getByRole("radio", { name: /\(openai\/gpt-5\.5\) first/u }),
    ).toBeChecked();
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(
      preview.getByText("~/.openclaw/parts/agents.json5", { exact: true }),
    ).toBeVisible();
    await expect(preview.getByText("~/.openclaw/openclaw.json", { exact: true })).toHaveCount(0);
    await page.screenshot({ path: "test-results/review-includes.png", fullPage: true });

    await question.getByRole("radio", { name: /as before, then/u }).check();
    await expect(page.getByText(`Keeps the model ${OWN} and adds`)).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download ~/.openclaw/parts/agents.json5" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("agents.json5");
    const downloaded = await readFile(await download.path(), "utf8");

    await write(page);
    await expect(page.getByText("Configuration written")).toBeVisible({ timeout: 30_000 });
    const written = await filesOf(home);
    expect(written["parts/agents.json5"]).toBe(downloaded);
    expect(downloaded).toContain("// the good one");
    expect(downloaded).toContain(OWN);
    expect(written).toMatchObject({
      "openclaw.json": FILES["openclaw.json"],
      "parts/gateway.json5": FILES["parts/gateway.json5"],
      ".env": `OPENAI_API_KEY=${KEY}\n`,
    });
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The change was undone")).toBeVisible();
    expect(await filesOf(home)).toEqual(FILES);
  });
});

test("the choice between the models works without scripts", async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: "en-US" });
  const page = await context.newPage();
  const home = await furnish(FILES);
  try {
    await withReview(page, { home, says: null }, async () => {
      const question = page.getByRole("group", { name: /Which model should answer/u });
      await question.getByRole("radio", { name: "Only GPT-5.5 (openai/gpt-5.5)" }).check();
      await page.getByRole("button", { name: "Update preview" }).click();
      await expect(page.getByText(`in place of ${OWN}`)).toBeVisible();
      await write(page);
      await expect(page.getByText("Configuration written")).toBeVisible();
      expect((await filesOf(home))["parts/agents.json5"]).toContain('model: "openai/gpt-5.5"');
    });
  } finally {
    await context.close();
  }
});

const COMPLAINT = { path: "agents.defaults.model.primary", message: "not a model of this house" };

test("what the installed OpenClaw would refuse of the change is not written", async ({ page }) => {
  const home = await furnish({});
  await withReview(page, { home, says: { valid: false, issues: [COMPLAINT] } }, async () => {
    const alert = page.getByRole("alert").filter({ hasText: "would refuse this" });
    await expect(alert).toContainText(`${COMPLAINT.path}: ${COMPLAINT.message}`);
    await expect(page.getByRole("button", { name: "Write configuration" })).toHaveCount(0);
    expect(await filesOf(home)).toEqual({});
  });
});

test("what it refused before is named, stays, and keeps nobody from writing", async ({ page }) => {
  const before = '{ turbo: 1, agents: { defaults: { model: "openai/gpt-5.2" } } }\n';
  const home = await furnish({ "openclaw.json": before });
  await withReview(page, { home, says: { valid: false, issues: [COMPLAINT] } }, async () => {
    await expect(page.getByText("already refuses something in your config")).toBeVisible();
    await expect(page.getByText(COMPLAINT.message)).toBeVisible();
    await write(page);
    await expect(page.getByText("Configuration written")).toBeVisible({ timeout: 30_000 });
    expect((await filesOf(home))["openclaw.json"]).toContain("turbo: 1");
  });
});

test("an include that leads nowhere is named with its file", async ({ page }) => {
  const home = await furnish({ "openclaw.json": '{ $include: "./gone.json5" }\n' });
  const openai = await startOpenAiServer();
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
  try {
    await page.goto(setup.url);
    await expect(page.getByText("includes “./gone.json5”, which cannot be read")).toBeVisible();
    await walkToReview(page, KEY);
    await expect(page.getByText("There is no file “./gone.json5”")).toBeVisible();
    expect(Object.keys(await filesOf(home))).toEqual(["openclaw.json"]);
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("many settings of an older release are one line that unfolds, each to be declined", async ({
  page,
}) => {
  const folder = join("e2e", "releases", "fixtures", "retired-keys");
  const home = await furnish({
    "openclaw.json": await readFile(join(folder, "openclaw.json5"), "utf8"),
  });
  await withReview(page, { home, says: null, target: "2026.9.6" }, async () => {
    await expect(page.getByText(/as an older release spells them \(\d+\)/u)).toBeVisible();
    const fold = page.getByText("Choose one by one");
    const one = page.getByRole("checkbox", { name: /^Remove meta\.lastTouchedAt/u });
    await expect(one).toBeHidden();
    await page.screenshot({ path: "test-results/older-settings.png", fullPage: true });
    await fold.click();
    await expect(one).toBeChecked();
    await one.uncheck();
    // What was declined stays in sight.
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview).not.toContainText("config unset meta.lastTouchedAt");
    await expect(one).toBeVisible();
    await expect(one).not.toBeChecked();
    const before = (await filesOf(home))["openclaw.json"];
    await page.getByRole("button", { name: "None", exact: true }).click();
    await expect(preview).not.toContainText("config unset");
    await expect(page.getByText(/^0 of \d+ chosen$/u)).toBeVisible();
    await page.getByRole("button", { name: "All", exact: true }).click();
    await expect(preview).toContainText("config unset meta.lastTouchedAt");
    await expect(page.getByText(/^(\d+) of \1 chosen$/u)).toBeVisible();
    expect((await filesOf(home))["openclaw.json"]).toBe(before);
    await fold.click();
    await one.uncheck();
    await expect(preview).not.toContainText("config unset meta.lastTouchedAt");
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
    const after = (await filesOf(home))["openclaw.json"];
    expect(after).toContain("lastTouchedAt");
    expect(after).not.toContain("ownerDisplay");
    expect(after).toContain("// Summer 2026, by hand.");
  });
});

test("a choice made before the scripts are there counts", async ({ page }) => {
  await withReview(page, { home: await makeHome(), says: null }, async () => {
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview).toContainText("agentRuntime");
    let sendScripts = () => {};
    const scripts = new Promise<void>((resolve) => {
      sendScripts = resolve;
    });
    await page.route(/\.js(?:\?|$)/u, async (route) => {
      await scripts;
      await route.continue();
    });
    await page.reload({ waitUntil: "commit" });
    await page.getByRole("checkbox", { name: /own built-in runtime/u }).uncheck();
    await expect(preview).toContainText("agentRuntime");
    sendScripts();
    await expect(preview).not.toContainText("agentRuntime");
  });
});
