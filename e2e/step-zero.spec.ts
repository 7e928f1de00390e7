/** Before the choice: OpenClaw or its Node is missing, which is said once, with one chooser of a release. */

import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { installProgram } from "@/e2e/support/fake-openclaw";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";

/** Commands of this machine: its Node, and an npm that writes down that it ran and then fails. */
async function withNpm(home: string, env: Record<string, string> = {}): Promise<SetupServer> {
  const bin = join(home, "bin");
  await mkdir(bin);
  await symlink(process.execPath, join(bin, "node"));
  const npm = `#!/usr/bin/env node\nconsole.error("npm error 403 Forbidden by the fake"); process.exit(1);\n`;
  await writeFile(join(bin, "npm"), npm, { mode: 0o755 });
  return startSetup(home, { PATH: `${bin}:/usr/bin:/bin`, ...env });
}

async function isChosen(page: Page): Promise<void> {
  await expect(page.getByRole("combobox")).toHaveValue("2026.2.9");
  await expect(page.getByRole("radio", { name: "ChatGPT subscription" })).toBeChecked();
}

for (const javaScriptEnabled of [true, false]) {
  test(`one chooser serves the installation and the files, ${javaScriptEnabled ? "with" : "without"} scripts`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const setup = await withNpm(await makeHome());
    try {
      await page.goto(setup.url);
      const zero = page.getByRole("region", { name: "OpenClaw is not installed yet" });
      await expect(page.getByText(/not installed/u)).toHaveCount(1);
      await expect(page.getByRole("combobox")).toHaveCount(1);
      await zero.getByRole("combobox", { name: "Release to install" }).selectOption("2026.2.9");
      await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
      await zero.getByRole("button", { name: "Install OpenClaw" }).click();
      await expect(page.getByRole("alert").first()).toContainText("403 Forbidden by the fake");
      await isChosen(page);
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page).toHaveURL(/\/sign-in$/u);
      await page.goto(new URL("/", setup.url).href);
      await isChosen(page);
    } finally {
      await context.close();
      await setup.close();
    }
  });
}

test("Enter in the choice goes on, and installs nothing", async ({ page }) => {
  const setup = await withNpm(await makeHome());
  try {
    await page.goto(setup.url);
    await page.getByRole("radio", { name: "API key" }).press("Enter");
    await expect(page).toHaveURL(/\/key$/u);
    await page.goto(new URL("/", setup.url).href);
    await expect(page.getByText("npm did not install it")).toHaveCount(0);
  } finally {
    await setup.close();
  }
});

test("a Node too old for an installed OpenClaw comes first, with the one that was found", async ({
  page,
}) => {
  const home = await makeHome();
  const bin = await installProgram(join(home, "program"), "", ">=99.1.0");
  const setup = await withNpm(home, { OPENCLAW_BIN: bin });
  try {
    await page.goto(setup.url);
    const zero = page.getByRole("region", { name: "OpenClaw needs a newer Node" });
    const rows = zero.getByRole("listitem");
    await expect(rows.nth(0)).toContainText(process.versions.node);
    await expect(rows.nth(1)).toContainText("OpenClaw 2026.9.6");
    await expect(zero.getByRole("button", { name: "Install a fitting Node" })).toBeVisible();
    await expect(page.getByText(process.versions.node)).toHaveCount(1);
  } finally {
    await setup.close();
  }
});
