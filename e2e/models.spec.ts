/** The models as the installed release says them: proposals with reasons and prices, what it has retired last. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { installFakeOpenClaw } from "@/e2e/support/fake-openclaw";
import { walkToModels } from "@/e2e/support/key-walk";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-models-7f3a9b2c4d5e6f70";
const LISTED = ["gpt-8-big", "gpt-8-main", "gpt-8-small", "gpt-6.5", "gpt-9-new"];
const MODELS = [
  { id: "gpt-8-big", name: "GPT-8 Big", cost: { input: 10, output: 50 } },
  { id: "gpt-8-main", name: "GPT-8 Main", cost: { input: 2, output: 10 } },
  { id: "gpt-8-small", name: "GPT-8 Small", cost: { input: 0.1, output: 0.5 } },
  { id: "gpt-6.5", status: "deprecated", replacedBy: "gpt-8-main" },
];

test("three proposals with their reasons and prices; what is deprecated comes last and names its successor", async ({
  page,
}) => {
  const openai = await startOpenAiServer({ models: LISTED });
  const setup = await startWithModels(openai.url);
  try {
    await toModels(page, setup.url);
    const proposed = page.getByRole("radio", { name: "openai/gpt-8-main Recommended" });
    await expect(proposed).toBeChecked();
    await expect(proposed).toHaveAccessibleName(/\$2\.00 in, \$10\.00 out per million tokens/u);
    const big = page.getByRole("radio", { name: "openai/gpt-8-big" });
    await expect(big).toHaveAccessibleName(/What your OpenClaw takes by itself/u);
    const small = page.getByRole("radio", { name: "openai/gpt-8-small" });
    await expect(small).toHaveAccessibleName(/The cheapest/u);
    await expect(
      page.getByText("Prices as your OpenClaw 2026.9.6, built on September 23, 2026, lists them."),
    ).toBeVisible();
    await expect(page.getByRole("radio", { name: "openai/gpt-6.5" })).toBeHidden();
    await page.getByText("2 more models").click();
    const rest = page.getByRole("radio").filter({ visible: true });
    await expect(rest.last()).toHaveAccessibleName(
      /gpt-6\.5 Deprecated; GPT-8 Main takes its place/u,
    );
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("the model of the config stays chosen where the account lists it", async ({ page }) => {
  const openai = await startOpenAiServer({ models: LISTED });
  const setup = await startWithModels(openai.url, {
    agents: { defaults: { model: "openai/gpt-6.5" } },
  });
  try {
    await toModels(page, setup.url);
    const present = page.getByRole("radio", { name: /gpt-6\.5 The one you have now/u });
    await expect(present).toBeChecked();
    await expect(page.getByRole("radio", { name: "openai/gpt-8-main Recommended" })).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});

/** An OpenClaw whose own files list these models, and a config. */
async function startWithModels(url: string, config: object = {}) {
  const home = await makeHome();
  const folder = join(home, "openclaw");
  const openclaw = await installFakeOpenClaw(folder);
  const extension = join(folder, "dist", "extensions", "openai");
  await mkdir(extension, { recursive: true });
  await writeFile(
    join(extension, "openclaw.plugin.json"),
    JSON.stringify({ modelCatalog: { providers: { openai: { models: MODELS } } } }),
  );
  await writeFile(
    join(folder, "dist", "build-info.json"),
    JSON.stringify({ builtAt: "2026-09-23T16:33:12.144Z" }),
  );
  await writeFile(
    join(extension, "api.d.ts"),
    'export declare const OPENAI_DEFAULT_MODEL = "openai/gpt-8-big";\n',
  );
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  await writeFile(join(home, ".openclaw", "openclaw.json"), JSON.stringify(config));
  return startSetup(home, { OPENAI_BASE_URL: url, OPENCLAW_BIN: openclaw.bin });
}

async function toModels(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await walkToModels(page, KEY);
}
