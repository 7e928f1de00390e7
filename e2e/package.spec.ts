/** The package as people get it: its tarball installed into an empty folder without a network, and the main job through it. */

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const run = promisify(execFile);
const KEY = "sk-proj-test-works-canary-7f3a9b2c4d5e6f70";
/** Bytes. */
const LARGEST = 6_000_000;
/** A first page on a busy machine: a limit against a build, not a measure. */
const SLOWEST_MS = 20_000;

let folder: string;
let installed: string;

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  // Packing and installing take minutes on a busy machine.
  test.setTimeout(480_000);
  await run("npm", ["run", "--silent", "package"]);
  folder = await mkdtemp(join(tmpdir(), "openclaw-setup-package-"));
  installed = join(folder, "node_modules", "openclaw-setup");
  const { version } = JSON.parse(await readFile("package.json", "utf8"));
  const tarball = join(process.cwd(), "dist", `openclaw-setup-${version}.tgz`);
  expect((await stat(tarball)).size).toBeLessThan(LARGEST);
  await writeFile(join(folder, "package.json"), "{}");
  await mkdir(join(folder, "npm"));
  // Nothing answers there, and nothing is in its cache.
  const nowhere = ["--registry", "http://127.0.0.1:9/", "--cache", join(folder, "npm")];
  await run("npm", ["install", "--no-audit", "--no-fund", ...nowhere, tarball], { cwd: folder });
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

test("it depends on nothing, runs nothing when it is installed, and names its licences", async () => {
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
  for (const name of ["dependencies", "devDependencies", "scripts", "private"]) {
    expect(manifest).not.toHaveProperty(name);
  }
  expect(await readdir(join(folder, "node_modules"))).toEqual([
    ".bin",
    ".package-lock.json",
    "openclaw-setup",
  ]);
  const licences = await readFile(join(installed, "THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const name of ["next", "react", "zod", "undici", "next-auth", "use-intl"]) {
    expect(licences).toMatch(new RegExp(`^${name} \\d`, "mu"));
  }
  const answers = JSON.parse(await readFile(join(installed, "schemas", "answers-1.json"), "utf8"));
  expect(answers).toMatchObject({ type: "object", required: ["version"] });
});

test("a key becomes files through it, and nothing is written into its folder", async ({ page }) => {
  const before = await stamps(installed);
  const openai = await startOpenAiServer();
  const began = performance.now();
  const program = join(installed, "bin", "start.mjs");
  const env = { OPENAI_BASE_URL: openai.url };
  const setup = await startSetup(await makeHome(), env, ["--no-open"], undefined, program);
  try {
    await page.goto(setup.url);
    await expect(page.getByRole("radio", { name: "API key" })).toBeVisible();
    expect(performance.now() - began).toBeLessThan(SLOWEST_MS);
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(
      page.getByRole("status").filter({ hasText: "Configuration written" }),
    ).toBeVisible();
    const dotenv = join(setup.home, ".openclaw", ".env");
    expect(await readFile(dotenv, "utf8")).toBe(`OPENAI_API_KEY=${KEY}\n`);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The change was undone")).toBeVisible();
    await expect(stat(dotenv)).rejects.toThrow("ENOENT");
    expect(setup.output()).not.toMatch(/Warning|Installing|Preparing|next\.config/u);
  } finally {
    await setup.close();
    await openai.close();
  }
  expect(await stamps(installed)).toEqual(before);
});

test("its command line answers, and names the command that people type", async () => {
  const home = await makeHome();
  const OPENAI_BASE_URL = "http://127.0.0.1:9/v1";
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, KEY, OPENAI_BASE_URL };
  const program = join(folder, "node_modules", ".bin", "openclaw-setup");
  const ask = (...args: string[]) =>
    run(program, args, { env: env as unknown as NodeJS.ProcessEnv });
  try {
    expect((await ask("--help")).stdout).toContain("Usage: openclaw-setup [options]");
    const planned = await ask("plan", "--key-env", "KEY", "--model", "openai/gpt-5.5", "--json");
    expect(JSON.parse(planned.stdout)).toMatchObject({ ok: true, openclaw: null });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

/** What tells of a write: sizes and times of all that is in it. */
async function stamps(root: string): Promise<readonly string[]> {
  const names = await readdir(root, { recursive: true });
  return Promise.all(
    names.sort().map(async (name) => {
      const { size, mtimeMs } = await stat(join(root, name));
      return `${name} ${size} ${mtimeMs}`;
    }),
  );
}
