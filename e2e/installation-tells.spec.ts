/** What an installation tells of itself: a release that nobody tested, and a way to sign in that only it has. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { type CommandAnswer, installAnsweringOpenClaw } from "@/e2e/support/fake-openclaw";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const text = { type: "string" };
const SCHEMA = {
  type: "object",
  properties: {
    env: { type: "object", properties: { vars: {} }, additionalProperties: false },
    models: {
      properties: {
        providers: { additionalProperties: { type: "object", properties: { apiKey: text } } },
      },
    },
    agents: { properties: { defaults: { type: "object", properties: { model: text } } } },
  },
};
const said = (answer: unknown): CommandAnswer => ({
  code: 0,
  stdout: JSON.stringify(answer),
  stderr: "",
});
const PROFILES = [
  { profileId: "openai:apps", provider: "openai", type: "oauth", status: "ok", expiresAt: 4e12 },
];
const STATUS = {
  auth: { providers: [{ provider: "openai", effective: null }], oauth: { profiles: PROFILES } },
};

/** With a manifest of its OpenAI extension, as `version`. */
async function install(home: string, version: string | null) {
  const folder = join(home, "openclaw");
  const openclaw = await installAnsweringOpenClaw(folder, {
    config: said(SCHEMA),
    models: said(STATUS),
  });
  const manifest = join(folder, "package.json");
  const about: object = JSON.parse(await readFile(manifest, "utf8"));
  if (version) await writeFile(manifest, JSON.stringify({ ...about, version }));
  const extension = join(folder, "dist", "extensions", "openai");
  await mkdir(extension, { recursive: true });
  const choice = { provider: "openai", choiceLabel: "Sign in for open-source apps" };
  await writeFile(
    join(extension, "openclaw.plugin.json"),
    JSON.stringify({
      providers: ["openai"],
      providerAuthChoices: [
        { ...choice, method: "oauth", choiceLabel: "ChatGPT Login" },
        { ...choice, method: "siwc", choiceHint: "OpenAI's own, for one app at a time" },
        { ...choice, method: "bad; method" },
      ],
      modelCatalog: { providers: { openai: { models: [{ id: "gpt-8-main" }] } } },
    }),
  );
  return openclaw.bin;
}

test("a release that nobody tested is read from its installation, and the page says what and where", async ({
  page,
}) => {
  const home = await makeHome();
  const setup = await startSetup(home, { OPENCLAW_BIN: await install(home, "2030.1.1") });
  try {
    await page.goto(setup.url);
    await expect(async () => {
      await page.reload();
      await expect(page.getByText("Read from your OpenClaw 2030.1.1")).toBeVisible({
        timeout: 500,
      });
    }).toPass();
    await expect(page.getByText("the nearest release tested here").first()).toBeVisible();
    await page.getByText("What was read, and where").click();
    await expect(
      page.getByText("Where a key may stand in the config: its own schema of the config"),
    ).toBeVisible();
    await expect(
      page.getByText("Models and their prices: the manifest of its OpenAI extension"),
    ).toBeVisible();
    await page.screenshot({ path: "test-results/installation-tells.png", fullPage: true });
  } finally {
    await setup.close();
  }
});

test("a way to sign in that only OpenClaw has is offered as its command, and what it stored is seen", async ({
  page,
}) => {
  const home = await makeHome();
  const setup = await startSetup(home, { OPENCLAW_BIN: await install(home, null) });
  try {
    await page.goto(setup.url);
    await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
    await page.getByRole("button", { name: "Continue" }).click();
    const own = page.getByRole("region", { name: "Ways that only your OpenClaw has" });
    await expect(own.getByRole("heading", { level: 3 })).toHaveText("Sign in for open-source apps");
    await expect(own).toContainText("OpenAI's own, for one app at a time");
    await expect(
      own.getByText("openclaw models auth login --provider openai --method siwc", { exact: true }),
    ).toBeVisible();
    await own.getByRole("button", { name: "See what OpenClaw has stored" }).click();
    await expect(own.getByText("OpenClaw has stored this for OpenAI")).toBeVisible();
    await expect(own.getByRole("listitem")).toContainText("openai:apps oauth, ok");
    await page.screenshot({ path: "test-results/own-sign-ins.png", fullPage: true });
  } finally {
    await setup.close();
  }
});
