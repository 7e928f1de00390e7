/** How far each main path is: clicks, screens, and how far down the button of each page stands; held to docs/page.md. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { startChatGptBackend } from "@/e2e/servers/chatgpt-backend";
import { startChatGptIssuer } from "@/e2e/servers/chatgpt-issuer";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { installAnsweringOpenClaw } from "@/e2e/support/fake-openclaw";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-measure-7f3a9b2c4d5e6f70";
/** Another font, a longer path, or a gateway that runs beside the test moves a button by a line or two. */
const ROUGHLY = 60;
/** The first window less the height of the button, and the line about such a gateway. */
const FIRST_WINDOW = 756 + 32;
const LIVED_IN = `{
  // The kitchen tablet talks to this one.
  env: { OPENAI_API_KEY: "sk-proj-older-7f3a9b2c4d5e6f70a1b2" },
  gateway: { mode: "local", bind: "loopback", auth: { mode: "token", token: "0123456789abcdef0123" } },
  agents: { defaults: { model: { primary: "anthropic/claude-opus-4-5" } } },
}
`;

test.use({ viewport: { width: 1280, height: 800 } });
test.setTimeout(240_000);

/** One path walked: every press of its button, and where the button stood. */
class Walk {
  clicks = 0;
  readonly pixels: number[] = [];
  constructor(private readonly page: Page) {}

  /** Presses the one action of the page; what was done on it besides counts beforehand. */
  async press(name: string, besides = 0): Promise<void> {
    const button = this.page.getByRole("main").getByRole("button", { name, exact: true }).first();
    const top = await button.evaluate((own) => own.getBoundingClientRect().top + scrollY);
    this.pixels.push(Math.round(top));
    this.clicks += besides + 1;
    await button.click();
  }

  /** A row of the table in docs/page.md. */
  row(): { clicks: number; screens: number; pixels: number[] } {
    return { clicks: this.clicks, screens: this.pixels.length, pixels: this.pixels };
  }
}

async function documented(path: string): Promise<ReturnType<Walk["row"]>> {
  const text = await readFile("docs/page.md", "utf8");
  const line = text.split("\n").find((one) => one.startsWith(`| ${path} `));
  const [clicks, screens, pixels] = (line ?? "")
    .split("|")
    .slice(2, 5)
    .map((cell) => cell.trim());
  return {
    clicks: Number(clicks),
    screens: Number(screens),
    pixels: (pixels ?? "").split(", ").map(Number),
  };
}

async function holdTo(path: string, walk: Walk): Promise<void> {
  const seen = walk.row();
  await mkdir("test-results/measures", { recursive: true });
  await writeFile(join("test-results/measures", `${path}.json`), JSON.stringify(seen));
  const told = await documented(path);
  expect({ clicks: seen.clicks, screens: seen.screens }).toEqual({
    clicks: told.clicks,
    screens: told.screens,
  });
  seen.pixels.forEach((top, at) => {
    expect(
      Math.abs(top - (told.pixels[at] ?? Number.NaN)),
      `${path}, button ${at + 1}: ${top}`,
    ).toBeLessThanOrEqual(ROUGHLY);
  });
}

interface Machine {
  readonly config?: string;
  readonly hasOpenClaw: boolean;
}

async function withMachine(
  { config, hasOpenClaw }: Machine,
  walkIt: (url: string, approve: (code: string) => Promise<boolean>) => Promise<void>,
): Promise<void> {
  const [openai, service, backend] = [
    await startOpenAiServer(),
    await startChatGptIssuer(),
    await startChatGptBackend(),
  ];
  const home = await makeHome();
  if (config) {
    await mkdir(join(home, ".openclaw"), { mode: 0o700 });
    await writeFile(join(home, ".openclaw", "openclaw.json"), config, { mode: 0o600 });
  }
  const answers = { config: { code: 0, stdout: '{"valid":true,"warnings":[]}', stderr: "" } };
  const fake = hasOpenClaw ? await installAnsweringOpenClaw(join(home, "program"), answers) : null;
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    CHATGPT_ISSUER: service.url,
    CHATGPT_BASE_URL: backend.url,
    DISPLAY: ":0",
    ...(fake ? { OPENCLAW_BIN: fake.bin } : {}),
  });
  const approve = async (code: string) => {
    const body = new URLSearchParams({ user_code: code });
    return (await fetch(`${service.url}/codex/device`, { method: "POST", body })).ok;
  };
  try {
    await walkIt(setup.url, approve);
  } finally {
    await setup.close();
    await openai.close();
    await service.close();
    await backend.close();
  }
}

async function giveKey(page: Page, walk: Walk): Promise<void> {
  await walk.press("Continue");
  await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
  await walk.press("Continue");
  await page.waitForURL("**/model");
  await walk.press("Continue");
  await page.waitForURL("**/review");
}

test("the first page with nothing installed has its button in the first window", async ({
  page,
}) => {
  const setup = await startSetup(await makeHome());
  try {
    await page.goto(setup.url);
    const button = page.getByRole("button", { name: "Continue" });
    const top = await button.evaluate((own) => own.getBoundingClientRect().top + scrollY);
    expect(top).toBeLessThanOrEqual(FIRST_WINDOW);
  } finally {
    await setup.close();
  }
});

test("a key, nothing installed", async ({ page }) => {
  await withMachine({ hasOpenClaw: false }, async (url) => {
    await page.goto(url);
    const walk = new Walk(page);
    await giveKey(page, walk);
    await walk.press("Write configuration");
    await expect(page.getByText("Configuration written")).toBeVisible();
    await holdTo("a key, nothing installed", walk);
    const back = new Walk(page);
    await back.press("Undo");
    await expect(page.getByText("The change was undone")).toBeVisible();
    await holdTo("an undo", back);
  });
});

test("a key, OpenClaw installed", async ({ page }) => {
  await withMachine({ hasOpenClaw: true }, async (url) => {
    await page.goto(url);
    const walk = new Walk(page);
    await giveKey(page, walk);
    await expect(page.getByText("accepts this")).toBeVisible();
    await walk.press("Write and start");
    await page.waitForURL("**/done");
    expect(walk.pixels.at(-1)).toBeLessThanOrEqual(700);
    await holdTo("a key, OpenClaw installed", walk);
  });
});

test("a key, a config that was lived in", async ({ page }) => {
  await withMachine({ hasOpenClaw: true, config: LIVED_IN }, async (url) => {
    await page.goto(url);
    const walk = new Walk(page);
    await giveKey(page, walk);
    await walk.press("Write and start");
    await page.waitForURL("**/done");
    await holdTo("a key, a config that was lived in", walk);
  });
});

test("ChatGPT by a device code", async ({ page }) => {
  await withMachine({ hasOpenClaw: true }, async (url, approve) => {
    await page.goto(url);
    const walk = new Walk(page);
    await page.getByRole("radio", { name: "ChatGPT subscription" }).check();
    await walk.press("Continue", 1);
    await walk.press("Use a device code");
    await approve((await page.getByTestId("user-code").textContent()) ?? "");
    await expect(page.getByRole("heading", { name: "You are signed in" })).toBeVisible();
    await page.getByRole("link", { name: "Continue", exact: true }).click();
    await page.waitForURL("**/model");
    await walk.press("Continue", 1);
    await page.waitForURL("**/review");
    await walk.press("Write and start");
    await holdTo("ChatGPT by a device code", walk);
  });
});
