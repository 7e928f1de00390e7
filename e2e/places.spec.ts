/** What is said of the place before anything is written: other installs, whose files, links, git, UTF-16, a read-only disk. */

import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { walkToReview } from "@/e2e/support/key-walk";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-0a1b2c3d4e5f60718293";
/** Some user without an entry in /etc/passwd. */
const ADA = 61_234;
const isRoot = process.geteuid?.() === 0;

async function install(prefix: string, version: string): Promise<void> {
  const dir = join(prefix, "lib/node_modules/openclaw");
  await mkdir(dir, { recursive: true });
  const about = { name: "openclaw", version, bin: { openclaw: "openclaw.mjs" } };
  await writeFile(join(dir, "package.json"), JSON.stringify(about));
  await writeFile(join(dir, "openclaw.mjs"), "#!/usr/bin/env node\nprocess.exit(1);\n");
  await chmod(join(dir, "openclaw.mjs"), 0o755);
  await mkdir(join(prefix, "bin"), { recursive: true });
  await symlink(join(dir, "openclaw.mjs"), join(prefix, "bin/openclaw"));
}

async function state(home: string): Promise<string> {
  const dir = join(home, ".openclaw");
  await mkdir(dir, { mode: 0o700 });
  return dir;
}

/** The token in the address lets a browser in once. */
async function visit(page: Page, url: string): Promise<void> {
  const isIn = page.url().startsWith(new URL(url).origin);
  await page.goto(isIn ? new URL("/", url).href : url);
}

async function goToReview(page: Page, url: string): Promise<void> {
  await visit(page, url);
  await walkToReview(page, KEY);
}

test("every OpenClaw is named, and an older one in use is said before the write", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  await install(join(home, "old"), "2026.7.1");
  await install(join(home, "new"), "2026.9.6");
  const config = JSON.stringify({ meta: { lastTouchedVersion: "2026.9.6" } });
  await writeFile(join(await state(home), "openclaw.json"), config, { mode: 0o600 });
  const node = join(process.execPath, "..");
  const PATH = `${join(home, "old/bin")}:${join(home, "new/bin")}:${node}:/usr/bin:/bin`;
  const setup = await startSetup(home, { PATH, OPENAI_BASE_URL: openai.url });
  try {
    await page.goto(setup.url);
    const title = "OpenClaw 2026.9.6 wrote your files, and the older 2026.7.1 is used here";
    await expect(page.getByText(title)).toBeVisible();
    await expect(
      page.getByText(/OpenClaw 2026\.7\.1, in .*old.*: the one used here/u),
    ).toBeVisible();
    await expect(page.getByText(/not used here: OpenClaw 2026\.9\.6, in .*new/u)).toBeVisible();
    await expect(page.getByText(`OPENCLAW_BIN=${join(home, "new/bin/openclaw")}`)).toBeVisible();
    await goToReview(page, setup.url);
    await expect(page.getByText(title)).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a .env in UTF-16 is named for what it is", async ({ page }) => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("A=1\r\n", "utf16le")]);
  await writeFile(join(await state(home), ".env"), bytes, { mode: 0o600 });
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
  try {
    await page.goto(setup.url);
    await expect(page.getByText(/\.env is saved as UTF-16.*Save it as UTF-8/u)).toBeVisible();
    await goToReview(page, setup.url);
    await expect(page.getByText(/Save it as UTF-8, in Notepad/u)).toBeVisible();
  } finally {
    await setup.close();
    await openai.close();
  }
});

test("a state directory in a git work tree is warned of, unless .env is ignored", async ({
  page,
}) => {
  const home = await makeHome();
  await mkdir(join(home, ".git"));
  await state(home);
  const setup = await startSetup(home);
  try {
    await page.goto(setup.url);
    await expect(page.getByText(/\.env lies in the git work tree/u)).toBeVisible();
    await writeFile(join(home, ".gitignore"), ".openclaw/\n");
    await page.reload();
    await expect(page.getByText(/\.env lies in the git work tree/u)).toHaveCount(0);
  } finally {
    await setup.close();
  }
});

test("a config that is a link into dotfiles is left, with the lines for its target", async ({
  page,
}) => {
  const openai = await startOpenAiServer();
  const home = await makeHome();
  await mkdir(join(home, "dotfiles"));
  await writeFile(join(home, "dotfiles/openclaw.json"), "{ gateway: { port: 18789 } }\n");
  await symlink(join(home, "dotfiles/openclaw.json"), join(await state(home), "openclaw.json"));
  const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
  try {
    await goToReview(page, setup.url);
    await expect(page.getByText("The file is a link that leads elsewhere")).toBeVisible();
    await expect(page.getByText(/put them in there yourself/u)).toBeVisible();
    const region = page.getByRole("region", { name: "Preview" });
    await expect(region.getByText(/openclaw\.json is a link to .*dotfiles/u)).toBeVisible();
    expect(await region.textContent()).not.toContain("openclaw config set");
    expect(await region.textContent()).toContain("OPENAI_API_KEY=%s");
  } finally {
    await setup.close();
    await openai.close();
  }
});

test.describe("with another user", () => {
  test.skip(!isRoot, "only root can give files away");

  test("a root-owned file in somebody's folder gets the line that gives it back", async ({
    page,
  }) => {
    const openai = await startOpenAiServer();
    const home = await makeHome();
    const dir = await state(home);
    await writeFile(join(dir, "openclaw.json"), "{}\n", { mode: 0o644 });
    for (const path of [home, dir]) await chown(path, ADA, ADA);
    const line = `chown -hR ${ADA}:${ADA} ${dir}`;
    const own = await startSetup(home, { OPENAI_BASE_URL: openai.url }, undefined, ADA);
    const asRoot = await startSetup(home, { OPENAI_BASE_URL: openai.url });
    try {
      await goToReview(page, own.url);
      await expect(page.getByText("The file belongs to another user")).toBeVisible();
      await expect(page.getByText(`sudo ${line}`)).toBeVisible();
      await goToReview(page, asRoot.url);
      await expect(page.getByText(line, { exact: true })).toBeVisible();
      await expect(page.getByText(`run OpenClaw Setup as ${ADA}, without sudo`)).toBeVisible();
      // And where it cannot even be read.
      await chmod(join(dir, "openclaw.json"), 0o600);
      await visit(page, own.url);
      await expect(page.getByText("The file cannot be read")).toBeVisible();
      await expect(page.getByText(`sudo ${line}`)).toBeVisible();
    } finally {
      await own.close();
      await asRoot.close();
      await openai.close();
    }
  });

  test("a read-only disk is said before the button, with another place only where there is one", async ({
    page,
  }) => {
    const openai = await startOpenAiServer();
    const home = await makeHome();
    const dir = await state(home);
    await writeFile(join(dir, "openclaw.json"), "{}\n", { mode: 0o600 });
    const mount = (...args: string[]) => execFileSync("mount", args, { stdio: "ignore" });
    try {
      mount("--bind", dir, dir);
      mount("-o", "remount,ro,bind", dir);
    } catch {
      test.skip(true, "this machine lets nobody mount");
    }
    const setup = await startSetup(home, { OPENAI_BASE_URL: openai.url });
    const nix = await startSetup(home, { OPENAI_BASE_URL: openai.url, OPENCLAW_NIX_MODE: "1" });
    try {
      await goToReview(page, setup.url);
      await expect(page.getByText("The disk is read-only")).toBeVisible();
      await expect(page.getByText(/with OPENCLAW_STATE_DIR set to a folder/u)).toBeVisible();
      await goToReview(page, nix.url);
      await expect(page.getByText("The disk is read-only")).toBeVisible();
      await expect(page.getByText(/OPENCLAW_STATE_DIR/u)).toHaveCount(0);
    } finally {
      execFileSync("umount", [dir]);
      await setup.close();
      await nix.close();
      await openai.close();
    }
  });
});
