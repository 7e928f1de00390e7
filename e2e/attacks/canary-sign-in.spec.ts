/** Every token of three sign-ins and a key beside them, through the pages the other canary does not reach. */

import { randomBytes } from "node:crypto";
import { access, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startChatGptBackend } from "@/e2e/servers/chatgpt-backend";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { type CanarySearch, canarySearch } from "@/e2e/support/canary";
import { CODEX_TOKENS, writeCodexLogin } from "@/e2e/support/codex-login";
import { installProgram } from "@/e2e/support/fake-openclaw";
import { makeHome, startSetup } from "@/e2e/support/setup-server";
import {
  addressFromElsewhere,
  chooseChatGpt,
  pasteAddress,
  signedIn,
  withForeignState,
} from "@/e2e/support/sign-in";

const CANARY = randomBytes(20).toString("hex");
const keyOf = (word: string) => `sk-proj-${word}-${CANARY}-zzzz`;

/** Signed tokens begin alike; what follows the first dot is their own. */
const telling = (token: string) => (token.includes(".") ? token.split(".").slice(1, 2) : [token]);

/** An OpenClaw that fails while it prints the logins it was given. Only its last words are shown. */
const TELLTALE = `import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
const state = process.env.OPENCLAW_STATE_DIR ?? join(process.env.HOME, ".openclaw");
if (process.argv.includes("doctor")) {
  for (const name of readdirSync(state, { recursive: true })) {
    if (!/auth-profiles\\.json$/u.test(name)) continue;
    const { profiles } = JSON.parse(readFileSync(join(state, name), "utf8"));
    for (const { access, refresh } of Object.values(profiles)) {
      process.stderr.write("Error: refused " + access + " and " + refresh + "\\n");
    }
  }
  process.exitCode = 1;
}
`;

const ACCOUNT_FAULTS = [
  ["html-403", "A web page answered instead of ChatGPT"],
  ["500", "ChatGPT has a problem"],
  ["odd", "ChatGPT gave an answer that is not understood"],
  ["reset", "ChatGPT could not be asked about this login"],
] as const;

async function openAll(page: Page): Promise<void> {
  for (const details of await page.locator("details").all()) {
    await details.evaluate((element) => element.setAttribute("open", ""));
  }
}

test("8b. Secret leaks: no token of any sign-in, nor the key beside it, is where it was not meant to be", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  page.setDefaultTimeout(20_000);
  const [service, openai] = [await startChatGptIssuer(), await startOpenAiServer()];
  const backend = await startChatGptBackend();
  const home = await makeHome();
  const temporary = await mkdtemp(join(tmpdir(), "canary-tmp-"));
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  await writeCodexLogin(home);
  const codex = [CODEX_TOKENS.access, CODEX_TOKENS.refresh, CODEX_TOKENS.id].flatMap(telling);
  const tokens = () =>
    service.issued.filter(({ kind }) => /token/u.test(kind)).flatMap(({ token }) => telling(token));
  const search: CanarySearch = canarySearch(() => [CANARY, ...codex, ...tokens()]);
  search.watch(page);
  const setup = await startSetup(home, {
    CHATGPT_ISSUER: service.url,
    CHATGPT_BASE_URL: backend.url,
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: await installProgram(join(temporary, "openclaw"), TELLTALE),
    TMPDIR: temporary,
    DISPLAY: ":0",
  });
  const look = async (where: string) => {
    await openAll(page);
    await search.page(where, page);
    await search.processes();
  };
  const signOut = () => page.getByRole("button", { name: "Sign out" }).click();
  try {
    await chooseChatGpt(page, setup.url);
    await look("the sign-in");

    // The login of Codex: refused by ChatGPT, then taken, then let go.
    const codexCard = page.getByRole("region", { name: "A Codex login on this machine" });
    backend.fault = "signed-out";
    await codexCard.getByRole("button", { name: "Use this Codex login" }).click();
    await expect(codexCard.getByRole("alert")).toContainText("no longer takes");
    await look("a Codex login that is refused");
    backend.fault = null;
    await codexCard.getByRole("button", { name: "Check again" }).click();
    await expect(signedIn(page)).toBeVisible();
    await look("the Codex login");
    await signOut();

    // A device code, confirmed elsewhere, for an account with every trouble.
    backend.fault = "no-entitlement";
    await page.getByRole("button", { name: "Use a device code" }).click();
    const code = (await page.getByTestId("user-code").textContent()) ?? "";
    await look("the device code");
    const phone = await browser.newPage();
    await phone.goto(`${service.url}/codex/device`);
    await phone.getByRole("textbox", { name: "Code" }).fill(code);
    await phone.getByRole("button", { name: "Continue" }).click();
    await expect(phone.getByRole("heading", { name: "Device connected" })).toBeVisible();
    await expect(signedIn(page)).toBeVisible({ timeout: 20_000 });
    await phone.close();
    const byDevice = tokens().length;
    expect(byDevice).toBeGreaterThan(0);
    await expect(page.getByText("This account may not use Codex")).toBeVisible();
    await look("an account that may not");
    for (const [fault, words] of ACCOUNT_FAULTS) {
      backend.fault = fault;
      await page.getByRole("button", { name: "Check again" }).click();
      await expect(page.getByText(words)).toBeVisible();
      await look(`the account check: ${fault}`);
    }
    backend.fault = null;
    await signOut();

    // The address of a browser elsewhere, once with a foreign state.
    await page.getByRole("button", { name: "Paste an address" }).click();
    const { end } = await addressFromElsewhere(page, service);
    await pasteAddress(page, withForeignState(end).href);
    await expect(page.getByText("This answer belongs to another attempt")).toBeVisible();
    await look("the paste");
    await pasteAddress(page, end.href);
    await expect(signedIn(page)).toBeVisible();
    expect(tokens().length).toBeGreaterThan(byDevice);

    // A key beside it: refused, then taken.
    await page.getByRole("link", { name: "Continue" }).click();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("link", { name: "Add an API key as backup" }).click();
    const offer = async (word: string) => {
      await page.getByRole("textbox", { name: "OpenAI API key" }).fill(keyOf(word));
      await page.getByRole("button", { name: "Use as backup" }).click();
    };
    await offer("401");
    await expect(page.getByText("OpenAI refuses this key")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "OpenAI API key" })).toHaveValue("");
    await look("a refused backup");
    await offer("works");
    await expect(page.getByText("Backup: the API key sk-proj-")).toBeVisible();
    await look("the review with a backup");

    // The hand-over fails, and OpenClaw says everything it knows.
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Everything is as it was, and you are still")).toBeVisible();
    await look("the hand-over that failed");
    // Its words are there, without what is secret in them.
    await expect(page.getByText(/Error: refused/u)).toBeVisible();
    for (const path of ["/", "/key", "/model", "/backup", "/done", "/sign-in", "/nowhere"]) {
      await page.goto(new URL(path, setup.url).href);
      await look(path);
    }
    await page.getByRole("button", { name: "End OpenClaw Setup" }).click();
    await expect(page.getByRole("heading", { name: "OpenClaw Setup has ended" })).toBeVisible();
    await search.page("the end", page);
    expect(await setup.ended).toBe(0);

    await search.settled();
    search.text("what the server printed", setup.output());
    await search.folder("the temporary directory", temporary);
    await search.folder("the home", home, (path) => path === join(home, ".codex"));
    for (const built of [".next/cache", "dist", "test-results"]) {
      await search.folder("the program", built, (path) => /\.png$/u.test(path));
    }
    expect(await readdir(temporary)).toEqual(["openclaw"]);
    await expect(access(join(home, ".openclaw", "openclaw.json"))).rejects.toThrow("ENOENT");
    expect(openai.seen.some(({ authorization }) => authorization.includes(CANARY))).toBe(true);
    expect(search.searched).toBeGreaterThan(300);
    expect(search.found).toEqual([]);
  } finally {
    await setup.close();
    await Promise.all([service.close(), openai.close(), backend.close()]);
    await rm(temporary, { recursive: true, force: true });
  }
});
