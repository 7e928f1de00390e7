/** Takes a picture of what an installed OpenClaw adds to the pages: checks at work and over, a config kept elsewhere, an export. */

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { holds } from "@/e2e/support/accessible";
import { installProgram } from "@/e2e/support/fake-openclaw";
import { makeHome, startSetup } from "@/e2e/support/setup-server";
import { wholePicture } from "@/e2e/support/whole-picture";

const KEY = "sk-proj-test-works-picture-7f3a9b2c4d5e6f70";
const CONFIG = `{
  messages: { greeting: "An old setting with a long text, which this release does not know any more." },
  gateway: { mode: "local", bind: "loopback", auth: { mode: "token", token: "0123456789abcdef0123" } },
}
`;
const SCREENS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 780 } };

/** It refuses one setting; its doctor and its model run wait until their file is there, and change nothing. */
const REFUSING = (folder: string) => `import { existsSync } from "node:fs";
const command = process.argv[2];
const issues = [{ path: "messages.greeting", message: "Unrecognized key" }];
const answer = () => {
  if (command === "config") process.stdout.write(JSON.stringify({ valid: false, issues }));
  process.exit(command === "config" ? 1 : 0);
};
if (command === "config") answer();
setInterval(() => existsSync(${JSON.stringify(join(folder, "let-go"))}) && answer(), 50);
`;
/** It accepts every config; whatever else it is asked waits for ever. */
const ACCEPTING = `const isConfig = process.argv[2] === "config";
if (isConfig) process.stdout.write(JSON.stringify({ valid: true, warnings: [] }));
else setInterval(() => {}, 1000);
`;

for (const locale of ["en", "fr", "ar", "ja"] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [screen, viewport] of Object.entries(SCREENS)) {
      const isPhone = screen === "phone";
      const kind = { colorScheme, viewport, isMobile: isPhone, hasTouch: isPhone } as const;
      const look = { ...kind, locale, reducedMotion: "reduce" } as const;
      const pathOf = (name: string) =>
        `test-results/screenshots/${locale}-${colorScheme}-${screen}-${name}.png`;

      test(`${locale}, ${colorScheme}, ${screen}`, async ({ browser }) => {
        const openai = await startOpenAiServer();
        const walk = async (
          program: (folder: string) => string,
          env: Record<string, string>,
          after: (
            page: Page,
            folder: string,
            picture: (name: string) => Promise<void>,
          ) => Promise<void>,
        ) => {
          const home = await makeHome();
          const folder = join(home, "program");
          await mkdir(join(home, ".openclaw"), { mode: 0o700 });
          await writeFile(join(home, ".openclaw", "openclaw.json"), CONFIG, { mode: 0o600 });
          const bin = await installProgram(folder, program(folder));
          const setup = await startSetup(home, {
            OPENAI_BASE_URL: openai.url,
            OPENCLAW_BIN: bin,
            ...env,
          });
          const context = await browser.newContext(look);
          const page = await context.newPage();
          const primary = page.locator("main form button.bg-accent");
          try {
            await page.goto(setup.url);
            await primary.click();
            await page.locator("#key").fill(KEY);
            await primary.click();
            await page.waitForURL("**/model");
            await primary.click();
            await page.waitForURL("**/review");
            await after(page, folder, async (name) => {
              await wholePicture(page, pathOf(name));
              await holds(page);
            });
          } finally {
            await context.close();
            await setup.close();
          }
        };
        try {
          await walk(REFUSING, {}, async (page, folder, picture) => {
            await page.locator('main [role="status"], main [role="alert"]').first().waitFor();
            await page.locator("main .waiting-sign").first().waitFor();
            await picture("20-doctor-asked");
            await writeFile(join(folder, "let-go"), "");
            await expect(page.locator("main .waiting-sign")).toHaveCount(0);
            await picture("21-doctor-answered");
          });
          await walk(
            () => ACCEPTING,
            { OPENCLAW_NIX_MODE: "1" },
            async (page, _folder, picture) => {
              await page.locator("#own-source").waitFor();
              await picture("22-kept-elsewhere");
            },
          );
          await walk(
            () => ACCEPTING,
            {},
            async (page, _folder, picture) => {
              await page.locator("main .waiting-sign").first().waitFor();
              await picture("23-rehearsing");
              await page.locator('main a[href="/export"]').click();
              await page.waitForURL("**/export**");
              await picture("24-export");
            },
          );
        } finally {
          await openai.close();
        }
      });
    }
  }
}
