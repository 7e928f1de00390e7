/** A ChatGPT login, from the button to a real reply through the installed OpenClaw, and back again. */

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { installRelease } from "@/e2e/releases/install";
import { ask, takeTurn, words } from "@/e2e/releases/judge";
import { startModelServer } from "@/e2e/releases/model-server";
import { emptyHome } from "@/e2e/releases/run";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { wrapOpenClaw } from "@/e2e/support/fake-openclaw";
import { countPresses } from "@/e2e/support/presses";
import { gatewayOf, makeHome, startSetup, stopGatewayOf } from "@/e2e/support/setup-server";
import { chooseChatGpt, signedIn, signIn } from "@/e2e/support/sign-in";

const BACKUP_KEY = "sk-proj-test-works-handover-7f3a9b2c4d5e6f70";
const IMPORTING = /^2026\.(?:6\.[1-9]\d|[7-9]|1\d)/u;

/** A home with a config of the person's own, comments and all, whose model address is on loopback. */
async function scene(
  release: string,
  bin?: (cli: string, state: string) => Promise<string>,
  more: Readonly<Record<string, string>> = {},
) {
  const installed = await installRelease(release);
  const [service, models] = [await startChatGptIssuer(), await startModelServer("pong")];
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const state = join(home, ".openclaw");
  await mkdir(state, { mode: 0o700 });
  const baseUrl = `${models.origin}/backend-api`;
  const providers = IMPORTING.test(release)
    ? {
        openai: {
          baseUrl,
          api: "openai-chatgpt-responses",
          models: [{ id: "gpt-5.5", name: "gpt-5.5" }],
        },
      }
    : { "openai-codex": { baseUrl, models: [] } };
  const config = `// mine\n${JSON.stringify({ models: { providers } }, null, 2)}\n`;
  await writeFile(join(state, "openclaw.json"), config, { mode: 0o600 });
  const env = {
    CHATGPT_ISSUER: service.url,
    OPENAI_BASE_URL: openai.url,
    DISPLAY: ":0",
    OPENCLAW_BIN: bin ? await bin(installed.cli, state) : installed.cli,
    PATH: `${dirname(installed.node)}:/usr/bin:/bin`,
    ...more,
  };
  const setup = await startSetup(home, env);
  const startAgain = () => startSetup(home, env);
  const close = () => Promise.all([setup.close(), service.close(), models.close(), openai.close()]);
  return { service, models, setup, state, startAgain, close };
}

type Files = Record<string, string>;

/** Every file of the state directory but our own, with its digest. */
async function files(state: string): Promise<Files> {
  const found: Files = {};
  for (const entry of await readdir(state, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes(".openclaw-setup")) continue;
    found[path.slice(state.length + 1)] = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  }
  return found;
}

/** Every file that was there is as it was, and none holds the secret. */
async function undoLeavesNothing(page: Page, state: string, before: Files, secret: string) {
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The change was undone")).toBeVisible({ timeout: 60_000 });
  const after = await files(state);
  for (const [path, digest] of Object.entries(before)) expect(after[path], path).toBe(digest);
  for (const path of Object.keys(after)) {
    expect(await readFile(join(state, path), "latin1"), path).not.toContain(secret);
  }
}

/** Adds a key as backup on the review, and comes back there. */
async function addBackup(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Add an API key as backup" }).click();
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(BACKUP_KEY);
  await page.getByRole("button", { name: "Use as backup" }).click();
  await expect(page.getByText("Backup: the API key sk-proj-")).toBeVisible();
}

async function reachReview(page: Page, url: string, service: Parameters<typeof signIn>[1]) {
  await chooseChatGpt(page, url);
  await signIn(page, service);
  await expect(signedIn(page)).toBeVisible();
  await page.getByRole("link", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Review what will be written" })).toBeVisible();
}

/** The review of a scene; that its address on loopback becomes ChatGPT's own is declined. */
async function reachScene(page: Page, url: string, service: Parameters<typeof signIn>[1]) {
  await reachReview(page, url, service);
  const offer = page.getByRole("checkbox", { name: /lead to ChatGPT instead of 127\.0\.0\.1/u });
  await expect(offer).toBeChecked();
  // Once the scripts are there, a choice counts without a button.
  await expect(page.getByRole("button", { name: "Update preview" })).toBeHidden();
  await offer.uncheck();
  const whole = page.getByRole("region", { name: "Preview" }).locator("details code").first();
  await expect(whole).toContainText("127.0.0.1");
}

const latest = (service: Awaited<ReturnType<typeof startChatGptIssuer>>) =>
  service.issued.findLast(({ kind }) => kind === "access_token")?.token ?? "none";

for (const release of ["2026.4.15", "2026.9.6"]) {
  test(`${release} replies with the very token that was issued; undo takes it back`, async ({
    page,
  }) => {
    test.setTimeout(15 * 60_000);
    const { service, models, setup, state, close } = await scene(release);
    try {
      const before = await files(state);
      await reachScene(page, setup.url, service);
      const token = latest(service);
      for (const part of token.split(".").slice(-2)) {
        expect(await page.content()).not.toContain(part);
      }
      await page.screenshot({ path: `test-results/handover-${release}.png`, fullPage: true });
      await page.getByRole("button", { name: "Write configuration" }).click();
      await expect(page.getByText("OpenAI is ready to use")).toBeVisible({ timeout: 240_000 });
      await page.getByText("Configuration written").first().click();
      await expect(page.getByText("the copy here is deleted")).toBeVisible();
      await expect(page.getByText("It uses the ChatGPT login of person@example.com")).toBeVisible();
      await page.getByRole("button", { name: "Ask for a reply" }).click();
      await expect(page.getByText("Your OpenClaw answered")).toBeVisible({ timeout: 180_000 });
      expect(new Set(models.turns().map(({ bearer }) => bearer))).toEqual(new Set([token]));
      await page.screenshot({ path: `test-results/handed-${release}.png`, fullPage: true });
      // No copy of the login lies beside what OpenClaw keeps it in.
      for (const path of Object.keys(await files(state))) {
        const holder = /sqlite|agent\/auth-profiles\.json$/u.test(path);
        if (!holder) expect(await readFile(join(state, path), "latin1"), path).not.toContain(token);
      }
      await undoLeavesNothing(page, state, before, token);
    } finally {
      await close();
    }
  });
}

/** The newest; others by hand: `ANSWER_RELEASES=2026.7.1`. */
for (const release of (process.env["ANSWER_RELEASES"] ?? "2026.9.6").split(",")) {
  test(`${release}: one button leads to an answer by the login through the gateway`, async ({
    page,
  }) => {
    test.setTimeout(20 * 60_000);
    const quiet = { OPENCLAW_SKIP_CHANNELS: "1", OPENCLAW_DISABLE_BONJOUR: "1" };
    const own = { OPENCLAW_GATEWAY_PORT: "18991", npm_config_registry: "http://127.0.0.1:9/" };
    const { service, models, setup, state, close } = await scene(release, undefined, {
      ...quiet,
      ...own,
    });
    try {
      const presses = await countPresses(page, `login-${release}`);
      await reachScene(page, setup.url, service);
      const token = latest(service);
      await presses.note("review");
      await page.getByRole("button", { name: "Write and start" }).click();
      const answer = page.getByRole("status", { name: "Your OpenClaw answered" });
      await expect(answer).toContainText("pong", { timeout: 15 * 60_000 });
      await presses.note("answer");
      await expect(answer).toContainText("your ChatGPT plan pays");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your OpenClaw answers");
      await page.screenshot({ path: `test-results/answer-login-${release}.png`, fullPage: true });
      expect(new Set(models.turns().map(({ bearer }) => bearer))).toEqual(new Set([token]));
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(
        "The files are as they were, and the gateway has ended",
        { timeout: 120_000 },
      );
      expect(gatewayOf(dirname(state))).toBe(null);
    } finally {
      await stopGatewayOf(dirname(state));
      await close();
    }
  });
}

for (const release of ["2026.2.9", "2026.6.10", "2026.9.6"]) {
  test(`${release}: after a switch of account the other one is used`, async ({ page }) => {
    test.setTimeout(15 * 60_000);
    const { service, models, setup, close } = await scene(release);
    try {
      const write = async () => {
        await page.getByRole("button", { name: "Write configuration" }).click();
        await expect(page.getByText("OpenAI is ready to use")).toBeVisible({ timeout: 240_000 });
      };
      await reachScene(page, setup.url, service);
      await write();
      const first = latest(service);
      service.account = {
        ...service.account,
        accountId: "acct-second",
        userId: "user-second",
        email: "second@example.com",
      };
      await page.context().clearCookies({ name: /_session|_interaction/u });
      // What was declined once stays declined for the rest of the visit.
      await reachReview(page, new URL("/", setup.url).href, service);
      await expect(page.getByText("second@example.com").first()).toBeVisible();
      await write();
      await page.getByRole("button", { name: "Ask for a reply" }).click();
      await expect(page.getByText("Your OpenClaw answered")).toBeVisible({ timeout: 180_000 });
      const second = latest(service);
      expect(second).not.toBe(first);
      expect(new Set(models.turns().map(({ bearer }) => bearer))).toEqual(new Set([second]));
    } finally {
      await close();
    }
  });
}

for (const release of ["2026.4.15", "2026.9.6"]) {
  test(`${release}: a key as backup stands behind the login, and goes with it`, async ({
    page,
  }) => {
    test.setTimeout(15 * 60_000);
    const { service, models, setup, state, close } = await scene(release);
    try {
      const before = await files(state);
      await reachScene(page, setup.url, service);
      await addBackup(page);
      await page.getByRole("button", { name: "Write configuration" }).click();
      await expect(page.getByText("OpenAI is ready to use")).toBeVisible({ timeout: 240_000 });
      await expect(page.getByText("It uses the ChatGPT login of person@example.com")).toBeVisible();
      await expect(page.getByText("the API key steps in; OpenAI bills this per use")).toBeVisible();
      expect(await readFile(join(state, ".env"), "utf8")).toContain(BACKUP_KEY);
      // The subscription answers, and so the key is not asked.
      await page.getByRole("button", { name: "Ask for a reply" }).click();
      await expect(page.getByText("Your OpenClaw answered")).toBeVisible({ timeout: 180_000 });
      const asked = models.turns().map(({ bearer }) => bearer);
      expect(new Set(asked)).toEqual(new Set([latest(service)]));
      await page.screenshot({ path: `test-results/backup-${release}.png`, fullPage: true });
      await undoLeavesNothing(page, state, before, BACKUP_KEY);
    } finally {
      await close();
    }
  });
}

test("without an OpenClaw here nothing is written, and the login can be taken along", async ({
  page,
}) => {
  const service = await startChatGptIssuer();
  const setup = await startSetup(await makeHome(), { CHATGPT_ISSUER: service.url, DISPLAY: ":0" });
  try {
    await reachReview(page, setup.url, service);
    await expect(page.getByText("OpenClaw is not installed here")).toBeVisible();
    await expect(page.getByText("The login file is a secret")).toBeVisible();
    await expect(page.getByRole("button", { name: "Write configuration" })).toHaveCount(0);
    const begun = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download auth-profiles.json" }).click();
    const text = await readFile(await (await begun).path(), "utf8");
    expect(text).toContain(latest(service));
    expect(await readdir(setup.home)).not.toContain(".openclaw");
  } finally {
    await setup.close();
    await service.close();
  }
});

for (const release of ["2026.2.9", "2026.9.6"]) {
  test(`taken along and put in place by hand, ${release} replies with the login`, async ({
    page,
  }) => {
    test.setTimeout(10 * 60_000);
    const service = await startChatGptIssuer();
    const setup = await startSetup(await makeHome(), {
      CHATGPT_ISSUER: service.url,
      DISPLAY: ":0",
    });
    const server = await startModelServer("pong");
    const [there, installed] = [await emptyHome(), await installRelease(release)];
    try {
      await page.goto(setup.url);
      await page.getByRole("combobox", { name: "Release to install" }).selectOption(release);
      await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
      await page.getByRole("button", { name: "Continue" }).click();
      await signIn(page, service);
      await expect(signedIn(page)).toBeVisible();
      await page.getByRole("link", { name: "Continue" }).click();
      await page.getByRole("button", { name: "Continue" }).click();
      await expect(page.getByText("The login file is a secret")).toBeVisible();
      for (const [name, place] of [
        ["openclaw.json", ".openclaw/openclaw.json"],
        ["auth-profiles.json", ".openclaw/agents/main/agent/auth-profiles.json"],
      ] as const) {
        const begun = page.waitForEvent("download");
        await page.getByRole("link", { name: `Download ${name}` }).click();
        await there.write(place, await readFile(await (await begun).path(), "utf8"));
      }
      const subject = { release: installed, home: there, server };
      const said = page.getByText("openclaw doctor --fix --non-interactive", { exact: true });
      expect(await said.count()).toBe(IMPORTING.test(release) ? 1 : 0);
      if (IMPORTING.test(release)) {
        const run = await ask(subject, ["doctor", "--fix", "--non-interactive"], {
          timeoutMs: 240_000,
        });
        expect(run.code, words(run)).toBe(0);
      }
      const turn = await takeTurn(subject);
      expect(turn.replied, turn.detail).toBe(true);
      expect(turn.bearers).toEqual([latest(service)]);
    } finally {
      await setup.close();
      await service.close();
      await server.close();
      await there.remove();
    }
  });
}

test("a failing command leaves everything as it was, and the person signed in", async ({
  page,
}) => {
  test.setTimeout(10 * 60_000);
  const { service, setup, state, close } = await scene("2026.9.6", async (cli) => {
    // The real one, except that the import breaks off after it has written.
    const breaksOff = `if (process.argv[2] === "doctor") process.on("exit", () => { process.exitCode = 9; });`;
    return wrapOpenClaw(await makeHome(), cli, breaksOff);
  });
  try {
    const before = await files(state);
    await reachScene(page, setup.url, service);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("OpenClaw did not take the login")).toBeVisible({
      timeout: 240_000,
    });
    await expect(page.getByText("Everything is as it was")).toBeVisible();
    const after = await files(state);
    // Its log of its own runs may have grown; nothing else may.
    for (const path of Object.keys(after)) if (/^(?:logs|tmp)\//u.test(path)) delete after[path];
    expect(after).toEqual(before);
    await page.getByRole("link", { name: "Back", exact: true }).click();
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
  } finally {
    await close();
  }
});

test("ended by force while OpenClaw's command is at work, the next start puts everything back", async ({
  page,
}) => {
  test.setTimeout(10 * 60_000);
  let note = "";
  const { service, setup, state, startAgain, close } = await scene("2026.9.6", async (cli, own) => {
    // The real one, except that its import, but no rehearsal of it, goes on and on once it is done.
    const folder = await makeHome();
    note = join(folder, "pid");
    const goesOn = `import fs from "node:fs";
if (process.argv[2] === "doctor" && process.env.OPENCLAW_STATE_DIR === ${JSON.stringify(own)}) {
  fs.writeFileSync(${JSON.stringify(note)}, String(process.pid));
  setInterval(() => {}, 1000);
  process.exit = () => {};
}`;
    return wrapOpenClaw(folder, cli, goesOn);
  });
  try {
    const before = await files(state);
    await reachScene(page, setup.url, service);
    const token = latest(service);
    await page.getByRole("button", { name: "Write configuration" }).click();
    // The login is in OpenClaw's store already, and the file with it is gone.
    const imported = () =>
      existsSync(join(state, "state", "openclaw.sqlite")) &&
      !existsSync(join(state, "agents", "main", "agent", "auth-profiles.json"));
    await expect.poll(imported, { timeout: 240_000, intervals: [500] }).toBe(true);
    process.kill(setup.pid, "SIGKILL");
    const command = Number(await readFile(note, "utf8"));
    expect(() => process.kill(command, 0)).not.toThrow();
    const again = await startAgain();
    expect(again.output()).toContain("A write that was cut off has been taken back");
    // What nobody waits for any more does not go on changing things.
    await expect
      .poll(() => readFile(`/proc/${command}/stat`, "utf8").catch(() => "gone"))
      .toMatch(/^gone$|\) [ZX] /u);
    const after = await files(state);
    for (const path of Object.keys(after)) if (/^(?:logs|tmp)\//u.test(path)) delete after[path];
    expect(after).toEqual(before);
    const all = await readdir(state, { recursive: true, withFileTypes: true });
    // What was taken away can be had again by undo: its record alone holds the login, owner-only.
    const kept = join(state, ".openclaw-setup", "transactions");
    for (const entry of all.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      if (!(await readFile(path, "latin1")).includes(token)) continue;
      expect(path.startsWith(`${kept}/`), path).toBe(true);
      expect((await stat(path)).mode & 0o777, path).toBe(0o600);
    }
    await again.close();
  } finally {
    await close();
  }
});

test("a store that cannot be made: told, and everything is as it was", async ({ page }) => {
  test.setTimeout(10 * 60_000);
  const { service, setup, state, close } = await scene("2026.9.6");
  try {
    // Where OpenClaw wants a folder there is a file.
    await writeFile(join(state, "state"), "in the way", { mode: 0o600 });
    const before = await files(state);
    await reachScene(page, setup.url, service);
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Everything is as it was")).toBeVisible({ timeout: 300_000 });
    await page.screenshot({ path: "test-results/handover-no-store.png", fullPage: true });
    const after = await files(state);
    for (const path of Object.keys(after)) if (/^(?:logs|tmp)\//u.test(path)) delete after[path];
    expect(after).toEqual(before);
  } finally {
    await close();
  }
});
