/** The choices of a visit as files for an engine: shown, downloaded, and free of every secret and path of this machine. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { walkToReview } from "@/e2e/support/key-walk";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { installFakeRelease } from "@/lib/setup/verify/rehearsal/testing/fake-release";

const KEY = "sk-proj-test-works-canary-7f3a9b2c4d5e6f70";
const BOT = "7301234567:AAEcanary-canary-canary-canary-cana";

async function livedIn(): Promise<string> {
  const home = await makeHome();
  const config = {
    agents: { defaults: { workspace: join(home, "clawd") } },
    channels: { telegram: { botToken: BOT } },
    mcp: { servers: { notes: { command: "/opt/notes/bin/server" } } },
  };
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  await writeFile(join(home, ".openclaw", "openclaw.json"), JSON.stringify(config));
  return home;
}

async function toReview(page: Page, setup: SetupServer): Promise<void> {
  await page.goto(setup.url);
  await walkToReview(page, KEY);
  await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
}

for (const javaScriptEnabled of [true, false]) {
  test(`an overlay for Kubernetes, ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
    browser,
  }) => {
    const openai = await startOpenAiServer();
    const home = await livedIn();
    const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    try {
      await toReview(page, setup);
      await page.getByRole("link", { name: "Export" }).click();
      await expect(page.getByRole("heading", { level: 1, name: /Export/u })).toBeVisible();
      await page.getByRole("radio", { name: /^Kubernetes/u }).check();
      await page
        .getByRole("combobox", { name: "Release of OpenClaw there" })
        .selectOption("2026.7.1");
      await page.getByRole("button", { name: "Show the files" }).click();
      await expect(
        page.getByRole("heading", { name: "Files for Kubernetes, 2026.7.1" }),
      ).toBeVisible();
      await expect(page.getByText("TELEGRAM_BOT_TOKEN", { exact: true })).toBeVisible();
      await expect(page.getByText("mcp.servers.notes.command", { exact: true })).toBeVisible();
      const html = await page.content();
      for (const secret of [KEY, BOT, home]) expect(html).not.toContain(secret);
      if (javaScriptEnabled) {
        await holds(page);
        await page.screenshot({ path: "test-results/export.png", fullPage: true });
        await page.setViewportSize({ width: 360, height: 740 });
        await holds(page);
        await page.screenshot({ path: "test-results/export-phone.png", fullPage: true });
      }
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download openclaw-kubernetes-2026.7.1.zip" }).click(),
      ]);
      const files = unzipSync(await readFile(await download.path()));
      const folder = "openclaw-kubernetes-2026.7.1";
      expect(Object.keys(files).sort()).toEqual(
        [
          "README.md",
          "kustomization.yaml",
          "openclaw-config.yaml",
          "openclaw-secrets.template.yaml",
          "openclaw-variables.yaml",
          "openclaw.env",
          "openclaw.json",
        ].map((name) => `${folder}/${name}`),
      );
      const texts = Object.values(files).map((bytes) => strFromU8(bytes));
      for (const text of texts) {
        for (const secret of [KEY, BOT, home, "/opt/notes"]) expect(text).not.toContain(secret);
      }
      const config = JSON.parse(strFromU8(files[`${folder}/openclaw.json`] ?? new Uint8Array()));
      expect(config.agents.defaults.workspace).toBe("/home/node/.openclaw/clawd");
      expect(strFromU8(files[`${folder}/README.md`] ?? new Uint8Array())).toContain(
        "kubectl apply -k .",
      );
    } finally {
      await context.close();
      await setup.close();
      await openai.close();
    }
  });
}

test("is tried with the installed OpenClaw of the same release", async ({ page }) => {
  test.setTimeout(180_000);
  const folder = await mkdtemp(join(tmpdir(), "openclaw-setup-export-"));
  const { OPENCLAW_BIN = "" } = installFakeRelease(folder);
  const openai = await startOpenAiServer();
  const setup = await startSetup(join(folder, "home"), {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN,
  });
  try {
    await toReview(page, setup);
    await page.goto(new URL("/export?engine=fly&release=2026.7.1", setup.url).href);
    const start = page.getByRole("button", { name: "Try it with your OpenClaw 2026.9.6" });
    await expect(page.getByRole("heading", { name: "Files for Fly.io, 2026.7.1" })).toBeVisible();
    await expect(start).toHaveCount(0);
    await page.goto(new URL("/export?engine=fly&release=2026.9.6", setup.url).href);
    await start.click();
    await expect(
      page.getByRole("main").getByText(/^Rehearsed: your OpenClaw 2026\.9\.6 sends your API key/u),
    ).toBeVisible({ timeout: 90_000 });
    await expect(page.getByRole("heading", { name: "Files for Fly.io, 2026.9.6" })).toBeVisible();
    await page.screenshot({ path: "test-results/export-tried.png", fullPage: true });
  } finally {
    await setup.close();
    await openai.close();
    await rm(folder, { recursive: true, force: true });
  }
});
