/** The end: from every page, with and without scripts, by Ctrl-C; and never with half of something written. */

import { existsSync } from "node:fs";
import { lstat, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { installProgram } from "@/e2e/support/fake-openclaw";
import { walkToModels } from "@/e2e/support/key-walk";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { chooseChatGpt, signedIn, signIn } from "@/e2e/support/sign-in";

const KEY = "sk-proj-test-works-pasted-c1d2e3f4a5b6c7d8";

const endButton = (page: Page) => page.getByRole("button", { name: "End OpenClaw Setup" });

async function expectEnd(page: Page, setup: SetupServer, says: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "OpenClaw Setup has ended" })).toBeVisible();
  await expect(page.getByText(says)).toBeVisible();
  await expect(page.getByText("run the same command")).toBeVisible();
  expect(await setup.ended).toBe(0);
  expect(setup.output()).toContain("Ended from the page.");
}

for (const path of ["/", "/key", "/model", "/review", "/done", "/sign-in", "/nowhere"]) {
  test(`${path} can end the program`, async ({ browser }) => {
    const openai = await startOpenAiServer();
    const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
    const page = await browser.newPage({ javaScriptEnabled: path !== "/key" });
    const at = (to: string) => new URL(to, setup.url).href;
    try {
      await page.goto(setup.url);
      if (path === "/model" || path === "/review" || path === "/done") {
        await walkToModels(page, KEY);
      }
      if (path === "/review" || path === "/done") {
        await page.getByRole("button", { name: "Continue" }).click();
        await expect(page.getByRole("button", { name: "Write configuration" })).toBeVisible();
      }
      if (path === "/done") {
        await page.getByRole("button", { name: "Write configuration" }).click();
        await expect(page.getByText("Configuration written")).toBeVisible();
      }
      await page.goto(at(path));
      await endButton(page).click();
      await expectEnd(page, setup, "Nothing is half-written.");
      expect((await page.context().cookies()).filter(({ httpOnly }) => httpOnly)).toEqual([]);
      expect(existsSync(join(setup.home, ".openclaw", "openclaw.json"))).toBe(path === "/done");
    } finally {
      await page.close();
      await setup.close();
      await openai.close();
    }
  });
}

test("the last page speaks the language and has the look that were chosen", async ({ page }) => {
  const setup = await startSetup(await makeHome());
  try {
    await page.goto(setup.url);
    await page.getByRole("button", { name: "Language English" }).click();
    await page.getByRole("button", { name: "Français" }).click();
    await page
      .context()
      .addCookies([
        { name: "openclaw-setup-theme", value: "dark", domain: "localhost", path: "/" },
      ]);
    await page.getByRole("button", { name: "Arrêter OpenClaw Setup" }).click();
    await expect(page.getByRole("heading", { name: "OpenClaw Setup est arrêté" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await expect(page.locator("body")).toHaveCSS("background-color", "rgb(23, 22, 20)");
    expect(await setup.ended).toBe(0);
  } finally {
    await setup.close();
  }
});

/** Each name below a folder with its mode and its bytes, but for what is ours. */
async function tree(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder, { recursive: true })).sort();
  const found: Record<string, string> = {};
  for (const name of names.filter((one) => !one.startsWith(".openclaw-setup"))) {
    const path = join(folder, name);
    const entry = await lstat(path);
    const bytes = entry.isFile() ? await readFile(path, "latin1") : "";
    found[name] = `${entry.mode.toString(8)} ${bytes}`;
  }
  return found;
}

/** A login one click before the write, and an OpenClaw whose import, but no rehearsal of it, writes and never ends. */
async function handOver(page: Page) {
  const service = await startChatGptIssuer();
  const home = await makeHome();
  const state = join(home, ".openclaw");
  const agent = join(state, "agents", "main", "agent");
  await mkdir(agent, { recursive: true, mode: 0o700 });
  await writeFile(join(agent, "openclaw-agent.sqlite"), "the store before", { mode: 0o600 });
  await writeFile(join(state, "openclaw.json"), "// mine\n{}\n", { mode: 0o600 });
  const program = join(home, "program");
  const pid = join(program, "pid");
  const bin = await installProgram(
    program,
    `import { renameSync, writeFileSync } from "node:fs";
if (process.argv.includes("doctor") && process.env.OPENCLAW_STATE_DIR === ${JSON.stringify(state)}) {
  writeFileSync(${JSON.stringify(join(agent, "openclaw-agent.sqlite"))}, "half of an import");
  writeFileSync(${JSON.stringify(`${pid}.new`)}, String(process.pid));
  renameSync(${JSON.stringify(`${pid}.new`)}, ${JSON.stringify(pid)});
  setInterval(() => {}, 1000);
}
`,
  );
  const setup = await startSetup(home, {
    CHATGPT_ISSUER: service.url,
    DISPLAY: ":0",
    OPENCLAW_BIN: bin,
  });
  const close = () => Promise.all([setup.close(), service.close()]);
  const reached = async () => {
    await chooseChatGpt(page, setup.url);
    await signIn(page, service);
    await expect(signedIn(page)).toBeVisible();
    await page.getByRole("link", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    const before = await tree(state);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect.poll(() => existsSync(pid)).toBe(true);
    return { before, running: Number(await readFile(pid, "utf8")) };
  };
  const { before, running } = await reached().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  const takenBack = async () => {
    expect(await tree(state)).toEqual(before);
    expect(() => process.kill(running, 0)).toThrow("ESRCH");
    // The login was given to nobody, so it is to live on nowhere.
    expect(service.seen.map(({ path }) => path)).toContain("/oauth/revoke");
  };
  return { setup, takenBack, close };
}

test("a hand-over under way is taken back before the end", async ({ page }) => {
  const { setup, takenBack, close } = await handOver(page);
  try {
    await endButton(page).click();
    await expectEnd(page, setup, "your files are as before it");
    await takenBack();
  } finally {
    await close();
  }
});

test("Ctrl-C takes a hand-over back, and ends the OpenClaw that it had started", async ({
  page,
}) => {
  const { setup, takenBack, close } = await handOver(page);
  try {
    // As npm does: what the terminal sends to all of them, it sends again.
    process.kill(setup.pid, "SIGINT");
    process.kill(setup.pid, "SIGINT");
    expect(await setup.ended).toBe(0);
    await takenBack();
  } finally {
    await close();
  }
});
