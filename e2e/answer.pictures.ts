/** Takes a picture of what follows a write: the start, the answer, who answers, the phone, an undo; of the exports, and of the small pages at the door; of the review also for the README. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { writeCodexLogin } from "@/e2e/support/codex-login";
import { makeHome, startSetup, stopGatewayOf } from "@/e2e/support/setup-server";
import { freePort, installStartingOpenClaw } from "@/e2e/support/starting-openclaw";
import { wholePicture } from "@/e2e/support/whole-picture";

const KEY = "sk-proj-test-works-picture-7f3a9b2c4d5e6f70";
const SCREENS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 780 } };
const GATEWAY = {
  mode: "local",
  bind: "loopback",
  auth: { mode: "token", token: "0123456789abcdef0123" },
};
const SHORT = {
  gateway: GATEWAY,
  agents: { defaults: { model: { primary: "openai/gpt-5.2" } } },
};
/** Many agents, each with a model of its own, as in a config that was lived in for long. */
const LONG = {
  gateway: GATEWAY,
  agents: {
    defaults: { model: { primary: "anthropic/claude-opus-4-5" } },
    list: Array.from({ length: 24 }, (_, at) => ({
      id: `helper-${at + 1}`,
      model: "anthropic/claude-opus-4-5",
    })),
  },
};

/** The name of a button in a language. */
async function undoIn(locale: string): Promise<string> {
  const messages = await readFile(join("messages", `${locale}.json`), "utf8");
  return (JSON.parse(messages) as { done: { undo: string } }).done.undo;
}

/** The review as far as its last file, without what only the test's own server of keys brings up. */
async function pictureForReadme(page: Page, colorScheme: string): Promise<void> {
  const ofTest = page.locator("main label").filter({ hasText: "127.0.0.1" });
  await ofTest.evaluate((label) => label.remove());
  const { width } = SCREENS.desktop;
  const end = await page.locator("main figure").last().boundingBox();
  const clip = { x: 0, y: 0, width, height: Math.ceil((end?.y ?? 0) + (end?.height ?? 0)) + 24 };
  await page.screenshot({ path: `docs/images/review-${colorScheme}.png`, fullPage: true, clip });
}

for (const locale of ["en", "fr", "ar", "ja"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      const isPhone = screen === "phone";
      const kind = { colorScheme, viewport, isMobile: isPhone, hasTouch: isPhone } as const;
      const look = { ...kind, locale, reducedMotion: "reduce" } as const;

      test(`${locale}, ${colorScheme}, ${screen}`, async ({ browser }) => {
        const openai = await startOpenAiServer();
        const context = await browser.newContext(look);
        const page = await context.newPage();
        const primary = page.locator("main form button.bg-accent");
        const picture = async (name: string, of: Page = page) => {
          const path = `test-results/screenshots/${locale}-${colorScheme}-${screen}-${name}.png`;
          await wholePicture(of, path);
          await holds(of);
        };
        const walk = async (
          gateway: "starts" | "fails",
          config: object,
          after: (scene: {
            open: (path: string) => Promise<unknown>;
            letGo: (command: string) => Promise<void>;
            url: string;
          }) => Promise<void>,
        ) => {
          const home = await makeHome();
          await mkdir(join(home, ".openclaw"), { mode: 0o700 });
          const file = join(home, ".openclaw", "openclaw.json");
          await writeFile(file, JSON.stringify(config, null, 2), { mode: 0o600 });
          await writeCodexLogin(home);
          const { bin, letGo } = await installStartingOpenClaw(join(home, "program"), gateway);
          const setup = await startSetup(home, {
            OPENAI_BASE_URL: openai.url,
            OPENCLAW_BIN: bin,
            OPENCLAW_GATEWAY_PORT: await freePort(),
            DISPLAY: ":0",
          });
          try {
            await page.goto(setup.url);
            const open = (path: string) => page.goto(new URL(path, setup.url).href);
            await after({ open, letGo, url: setup.url });
          } finally {
            await stopGatewayOf(home);
            await setup.close();
          }
        };
        const toReview = async () => {
          await primary.click();
          await page.locator("#key").fill(KEY);
          await primary.click();
          await page.waitForURL("**/model");
          await primary.click();
          await page.waitForURL("**/review");
        };
        try {
          await walk("starts", SHORT, async ({ open, letGo, url }) => {
            await picture("30-choose-installed");
            await toReview();
            await page.locator("main .waiting-sign").first().waitFor();
            await expect(page.locator("main .waiting-sign")).toHaveCount(0);
            await picture("31-review-installed");
            if (locale === "en" && screen === "desktop") await pictureForReadme(page, colorScheme);
            await primary.first().click();
            await page.waitForURL("**/done");
            await page.getByText("loading the plugins").waitFor();
            await picture("32-starting");
            await letGo("gateway");
            await letGo("infer");
            await page.locator("main blockquote").waitFor();
            await picture("33-answer");
            await page.locator("main details:has(#reply) > summary").click();
            await picture("34-ask-again");
            await open("/who-answers");
            await expect(page.locator("main .waiting-sign")).toHaveCount(0);
            await picture("35-who-answers");
            await open("/phone");
            await picture("36-phone");
            await open("/done");
            await page.locator('form[action="/open/start"]').evaluate((form: HTMLFormElement) => {
              form.target = "_self";
            });
            await page.locator('form[action="/open/start"] button').click();
            await page.locator("main .waiting-sign").waitFor();
            await picture("37-opening");
            await letGo("dashboard");
            await page.locator("main [role=alert]").waitFor();
            await picture("37-opening-failed");
            await open("/done");
            await page.getByRole("button", { name: await undoIn(locale), exact: true }).click();
            await page.locator("#remains").waitFor();
            await picture("38-undone-gateway-ended");
            const stranger = await browser.newContext(look);
            const other = await stranger.newPage();
            await other.goto(new URL("/", url).href);
            await picture("50-locked", other);
            await other.goto(url);
            await picture("51-used-link", other);
            const elsewhere = new URL("/", url);
            elsewhere.hostname = "setup.localhost";
            await other.goto(elsewhere.href);
            await picture("52-other-name", other);
            await stranger.close();
          });
          await walk("fails", LONG, async ({ open }) => {
            await toReview();
            await page.locator("main .waiting-sign").first().waitFor();
            await expect(page.locator("main .waiting-sign")).toHaveCount(0);
            await picture("40-review-long");
            await primary.first().click();
            await page.waitForURL("**/done");
            await page.locator("main [role=alert]").waitFor();
            await picture("41-start-failed");
            await open("/review");
            for (const engine of ["compose", "kubernetes", "ansible", "onboard"]) {
              await open(`/export?engine=${engine}`);
              await picture(`45-export-${engine}`);
            }
          });
        } finally {
          await context.close();
          await openai.close();
        }
      });
    }
  }
}
