/** One key through every page, error and crash, and then looked for everywhere. */

import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { canarySearch } from "@/e2e/support/canary";
import { installFakeOpenClaw } from "@/e2e/support/fake-openclaw";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

/** The same in every key of this run: what is looked for. */
const CANARY = randomBytes(20).toString("hex");

/** `word` chooses the answer of the service. The last four, which a mask shows, are nobody's. */
const keyOf = (word: string) => `sk-proj-${word}-${CANARY}-zzzz`;

const ANSWERS = [
  ...["401", "org", "ip", "scope", "403", "region", "quota", "credit", "429", "500", "503"],
  ...["html", "truncated", "badjson", "huge", "gzip", "redirect", "reset", "slow"],
];

const REFUSED = [
  `sk-proj-${CANARY} ${CANARY}`,
  `sk-ant-${CANARY}`,
  `sk-admin-${CANARY}`,
  `sk-proj-é${CANARY}`,
  `</script><script>${CANARY}`,
];

async function submit(page: Page, key: string): Promise<void> {
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(key);
  await page.getByRole("button", { name: /^(?:Continue|Check again)$/u }).click();
}

function fieldsHold(page: Page, text: string): Promise<boolean> {
  return page.evaluate(
    (wanted) =>
      [...document.querySelectorAll("input")].some((field) => field.value.includes(wanted)),
    text,
  );
}

test("8. Secret leaks: the canary is only where it was meant to be", async ({ page }) => {
  test.setTimeout(240_000);
  const openai = await startOpenAiServer();
  const home = await makeHome();
  const temporary = await mkdtemp(join(tmpdir(), "canary-tmp-"));
  const config = join(home, ".openclaw", "openclaw.json");
  await mkdir(join(home, ".openclaw"), { mode: 0o700 });
  // An old key of the person's, in use, switched off, and in a place of its own.
  const stored = randomBytes(20).toString("hex");
  await writeFile(
    config,
    `{\n  // token: "${stored}"\n  gateway: { mode: "local", auth: { mode: "token", token: "${stored}" } },\n  channels: { telegram: { botToken: "1234567890:${stored}" } },\n  hooks: { url: "https://user:${stored}@hooks.example.test/" },\n}\n`,
  );
  await writeFile(
    join(home, ".openclaw", ".env"),
    `# OPENAI_API_KEY=sk-${stored}\nOPENAI_API_KEY=sk-proj-${stored}\nOTHER_TOKEN=${stored}\n`,
  );
  // An OpenClaw that tells everything it knows, in every way it can.
  const fake = await installFakeOpenClaw(
    join(temporary, "openclaw"),
    `Error: Incorrect API key provided: ${keyOf("works")}\n{"error":"${keyOf("works")}"}\n`,
  );
  const search = canarySearch(() => [CANARY, stored]);
  search.watch(page);
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    OPENCLAW_BIN: fake.bin,
    TMPDIR: temporary,
  });
  const at = (path: string) => new URL(path, setup.url).href;
  try {
    await page.goto(setup.url);
    await search.page("the choice", page);
    await page.getByRole("button", { name: /^(?:Continue|Check again)$/u }).click();
    for (const key of REFUSED) {
      await submit(page, key);
      await expect(page.locator("#key-error")).toBeVisible();
      await expect(page.getByRole("textbox", { name: "OpenAI API key" })).toHaveValue("");
      await search.page("a refused key", page);
    }
    for (const word of ANSWERS) {
      await page.goto(at("/key"));
      await submit(page, keyOf(word));
      if (word === "slow") {
        await expect(page.getByRole("button", { name: "Cancel" })).toBeVisible();
        await search.page("the wait", page);
        await search.processes();
        await page.getByRole("button", { name: "Cancel" }).click();
      }
      await expect(page.getByRole("status").or(page.getByRole("alert")).first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      // Until the answer is there the field holds what was typed; from then on no more.
      await expect.poll(() => fieldsHold(page, CANARY)).toBe(false);
      await search.page(`the answer ${word}`, page);
      await page.goto(at("/"));
    }
    await page.goto(at("/key"));
    await submit(page, keyOf("works"));
    await expect(page.getByRole("heading", { name: "Pick a model" })).toBeVisible();
    await search.page("the models", page);
    for (const path of ["/", "/key", "/model", "/done", "/nowhere"]) {
      await page.goto(at(path));
      await search.page(path, page);
    }
    await page.goto(at("/model"));
    await page.getByRole("button", { name: /^(?:Continue|Check again)$/u }).click();
    await expect(page.getByRole("button", { name: "Write configuration" })).toBeVisible();
    await page.getByText("The same with OpenClaw’s own command").click();
    await search.page("the review", page);

    // The one file that is not to hold the new key; the old ones are the person's own.
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download openclaw.json" }).click(),
    ]);
    const onlyNew = canarySearch(() => [CANARY]);
    onlyNew.text("the downloaded config", await readFile(await download.path(), "utf8"));
    expect(onlyNew.found).toEqual([]);

    // A page that breaks while the key is held.
    const bytes = await readFile(config);
    await rm(config);
    await mkdir(config);
    await page.goto(at("/review"));
    await expect(page.getByText("This is not an ordinary file")).toBeVisible();
    await search.page("a broken page", page);
    await rm(config, { recursive: true });
    await writeFile(config, bytes);

    await page.goto(at("/review"));
    await page.getByRole("button", { name: "Write configuration" }).click();
    await expect(page.getByText("Configuration written")).toBeVisible();
    await expect(page.getByText("OpenClaw could not be asked")).toBeVisible({ timeout: 30_000 });
    for (const details of await page.locator("details").all()) {
      await details.evaluate((element) => element.setAttribute("open", ""));
    }
    await search.page("the end", page);
    const runs = await fake.runs();
    expect(runs.length).toBeGreaterThan(0);
    search.text("what OpenClaw was run with", JSON.stringify(runs));
    await search.processes();

    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The change was undone")).toBeVisible();
    await search.page("the undone end", page);
    await search.settled();
    // A crash leaves nothing behind.
    process.kill(setup.pid, "SIGKILL");
    search.text("what the server printed", setup.output());
    const isTold = (path: string) => path.startsWith(join(temporary, "openclaw"));
    await search.folder("the temporary directory", temporary, isTold);
    await search.folder("the home", home, (path) => path === join(home, ".openclaw"));
    for (const built of [".next", "dist", "test-results"]) {
      // The browser's own copy of the download, which holds what the person's config holds.
      const isOther = (path: string) => /\.png$|playwright-artifacts/u.test(path);
      await search.folder("the program", built, isOther);
    }
    expect(openai.seen.some(({ authorization }) => authorization.includes(CANARY))).toBe(true);
    expect(search.searched).toBeGreaterThan(500);
    expect(search.found).toEqual([]);
  } finally {
    await setup.close();
    await openai.close();
    await rm(temporary, { recursive: true, force: true });
  }
});

test("the search finds a secret in every form it is written in", () => {
  const secret = `s+${CANARY}/ü`;
  for (const form of [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString("hex"),
    ...["", "a", "ab"].map((before) => Buffer.from(`${before}${secret}after`).toString("base64")),
    secret.slice(5, 21),
  ]) {
    const search = canarySearch(() => [secret]);
    search.text("here", `before ${form} after`);
    expect(search.found).toEqual(["here"]);
  }
  const search = canarySearch(() => [secret]);
  search.text("here", `a mask ${secret.slice(0, 8)}••••${secret.slice(-4)}`);
  expect(search.found).toEqual([]);
});
