/** OpenClaw's own doctor beside the review: said while it looks, waited for by nobody, its way offered at the end. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { installProgram } from "@/e2e/support/fake-openclaw";
import { walkToReview } from "@/e2e/support/key-walk";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-canary-7f3a9b2c4d5e6f70";
const BEFORE = `{
  // for the attic
  "tools": { "oldName": "x" }
}
`;

/** It refuses `tools.oldName`; its doctor, once it is let go, calls it `newName` and leaves no comment. */
const program = (
  letGo: string,
) => `import { existsSync, readFileSync, writeFileSync } from "node:fs";
const file = process.env.OPENCLAW_CONFIG_PATH;
const config = () => JSON.parse(readFileSync(file, "utf8").replace(/^ *\\/\\/.*$/gmu, ""));
if (process.argv[2] === "config") {
  const issues = config().tools?.oldName
    ? [{ path: "tools", message: 'Unrecognized key: "oldName"' }]
    : [];
  process.stdout.write(JSON.stringify({ valid: issues.length === 0, issues, warnings: [] }));
  process.exit(issues.length === 0 ? 0 : 1);
}
if (process.argv[2] === "doctor") {
  while (!existsSync(${JSON.stringify(letGo)})) await new Promise((go) => setTimeout(go, 20));
  const { tools: { oldName, ...tools }, ...rest } = config();
  writeFileSync(file, JSON.stringify({ ...rest, tools: { ...tools, newName: oldName } }));
}
`;

async function scene() {
  const home = await makeHome();
  const letGo = join(home, "let-go");
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  const config = join(home, ".openclaw", "openclaw.json");
  await writeFile(config, BEFORE, { mode: 0o600 });
  const openai = await startOpenAiServer();
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: await installProgram(join(home, "program"), program(letGo)),
  });
  return {
    url: setup.url,
    written: () => readFile(config, "utf8"),
    letDoctorGo: () => writeFile(letGo, ""),
    close: async () => {
      await setup.close();
      await openai.close();
    },
  };
}

async function toReview(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await walkToReview(page, KEY);
}

/** What stands on the page, without what is read out beside it. */
const inMain = (page: Page, words: RegExp | string) => page.getByRole("main").getByText(words);
const looking = (page: Page) => inMain(page, /its own doctor is looking at a private copy…$/u);
const write = (page: Page) => page.getByRole("button", { name: "Write configuration" });

/** Each look starts several programs, which takes its time on a busy machine; a limit against hanging. */
test.describe.configure({ timeout: 300_000 });

test("the review is there while doctor looks and says so; then its way is offered and can be declined", async ({
  page,
}) => {
  const { url, written, letDoctorGo, close } = await scene();
  try {
    await toReview(page, url);
    await expect(looking(page)).toBeVisible({ timeout: 60_000 });
    await expect(inMain(page, /^\d+ s$/u).first()).toBeVisible();
    await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
    await expect(write(page)).toBeEnabled();
    await page.screenshot({ path: test.info().outputPath("looking.png"), fullPage: true });
    await letDoctorGo();
    await expect(inMain(page, /^OpenClaw’s own doctor knows a way: 1 change/u)).toBeVisible({
      timeout: 60_000,
    });
    await page.screenshot({ path: test.info().outputPath("knows.png"), fullPage: true });
    const box = page.getByRole("checkbox", { name: /tools\.oldName/u });
    await expect(box).toBeChecked();
    const preview = page.getByRole("region", { name: "Preview" });
    await expect(preview).toContainText("newName");
    await box.uncheck();
    await expect(preview).not.toContainText("newName");
    await box.check();
    await expect(preview).toContainText("newName");
    await write(page).click();
    await expect(page.getByText("Configuration written")).toBeVisible({ timeout: 60_000 });
    expect(await written()).toContain('// for the attic\n  "tools": {\n    "newName": "x"\n  }');
  } finally {
    await close();
  }
});

test("who writes while doctor looks writes without it, and no doctor is left", async ({ page }) => {
  const { url, written, close } = await scene();
  try {
    await toReview(page, url);
    await expect(looking(page)).toBeVisible({ timeout: 60_000 });
    await write(page).click();
    await expect(page.getByText("Configuration written")).toBeVisible({ timeout: 60_000 });
    expect(await written()).toContain('"tools": { "oldName": "x" }');
  } finally {
    await close();
  }
});

test("what doctor found since the page was read is shown before it is written", async ({
  browser,
}) => {
  const { url, written, letDoctorGo, close } = await scene();
  const context: BrowserContext = await browser.newContext({
    javaScriptEnabled: false,
    locale: "en-US",
  });
  const [page, other] = [await context.newPage(), await context.newPage()];
  try {
    await toReview(page, url);
    await expect(async () => {
      await page.reload();
      await expect(looking(page)).toBeVisible({ timeout: 500 });
    }).toPass();
    await letDoctorGo();
    await expect(async () => {
      await other.goto(page.url());
      await expect(inMain(other, /knows a way/u)).toBeVisible({ timeout: 500 });
    }).toPass();
    await write(page).click();
    await expect(
      inMain(page, "OpenClaw’s own doctor has found a way since you looked"),
    ).toBeVisible();
    expect(await written()).toBe(BEFORE);
    await write(page).click();
    await expect(page.getByText("Configuration written")).toBeVisible({ timeout: 60_000 });
    expect(await written()).toContain("newName");
  } finally {
    await context.close();
    await close();
  }
});
