/**
 * What a real OpenClaw would do otherwise than was chosen, seen on the review: the objection in its own sentence, and
 * the repair that answers it. 2026.5.28 is asked, which needs the least of the releases that have all of these.
 */

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { installRelease } from "@/e2e/releases/install";
import { startRegionalOpenAi } from "@/e2e/servers/regional-openai";
import { walkToReview } from "@/e2e/support/key-walk";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const RELEASE = "2026.5.28";
const KEY = "sk-proj-test-works-0a1b2c3d4e5f60718293";
const OTHER = "sk-proj-other0canary0a1b2c3d4e5f60718293";
/** A rehearsal on a machine with much else to do. */
const PATIENCE = { timeout: 600_000 };

interface Wrong {
  readonly name: string;
  readonly files: Readonly<Record<string, object>>;
  readonly model?: string;
  readonly title: RegExp;
  readonly says: readonly (string | RegExp)[];
  /** None: nothing of the plan answers it. */
  readonly repair: RegExp | null;
}

const CONFIG = "openclaw.json";
const provider = (openai: object) => ({ models: { providers: { openai } } });

const WRONG: readonly Wrong[] = [
  {
    name: "a second key wins",
    files: {
      [CONFIG]: { auth: {} },
      "agents/main/agent/auth-profiles.json": stored("openai:default"),
    },
    title: /would use another credential than the one you chose/u,
    says: [/openai:default/u],
    repair: /Put your key before|Replace the OpenAI key/u,
  },
  {
    name: "an order of profiles prefers another",
    files: {
      [CONFIG]: {
        auth: {
          profiles: { "openai:work": { provider: "openai", mode: "api_key" } },
          order: { openai: ["openai:work"] },
        },
      },
      "agents/main/agent/auth-profiles.json": stored("openai:work"),
    },
    title: /would use another credential than the one you chose/u,
    says: [/openai:work/u],
    repair: /Put your key before|Replace the OpenAI key/u,
  },
  {
    name: "a proxy has OpenAI's name",
    files: { [CONFIG]: provider({ baseUrl: "https://models.example.net/v1", models: [] }) },
    title: /would send its request to models\.example\.net/u,
    says: [],
    repair: /lead to OpenAI instead of/u,
  },
  {
    name: "the model is unknown to the release",
    files: { [CONFIG]: {} },
    model: "openai/gpt-0-none",
    title: /does not know the model openai\/gpt-0-none/u,
    says: [],
    repair: null,
  },
  {
    name: "the runtime that the config names is not there",
    files: { [CONFIG]: provider({ agentRuntime: { id: "codex" } }) },
    title: /cannot run an agent with it/u,
    says: [],
    repair: /own built-in runtime/u,
  },
];

function stored(id: string): object {
  return { version: 1, profiles: { [id]: { type: "api_key", provider: "openai", key: OTHER } } };
}

for (const wrong of WRONG) {
  test(`${RELEASE}: ${wrong.name}`, async ({ page }) => {
    // The first run downloads the release.
    test.setTimeout(30 * 60_000);
    const [release, openai] = [await installRelease(RELEASE), await startRegionalOpenAi()];
    const home = await makeHome();
    for (const [name, content] of Object.entries(wrong.files)) {
      const file = join(home, ".openclaw", name);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, JSON.stringify(content, null, 2), { mode: 0o600 });
    }
    const setup = await startSetup(home, {
      ...openai.env,
      OPENCLAW_BIN: release.cli,
      PATH: `${dirname(release.node)}:/usr/bin:/bin`,
    });
    try {
      await toReview(page, setup.url, wrong.model ?? "openai/gpt-5.5");
      await declineAll(page);
      const objection = page.getByRole("alert").filter({ hasText: wrong.title });
      await expect(objection).toBeVisible(PATIENCE);
      for (const words of wrong.says) await expect(objection).toContainText(words);
      await page.screenshot({ path: test.info().outputPath("objection.png"), fullPage: true });
      expect(await page.content()).not.toContain(OTHER);
      const mend = objection.getByRole("button", { name: "Put this into the plan" });
      if (wrong.repair === null) {
        await expect(mend).toHaveCount(0);
        return;
      }
      await expect(objection).toContainText(wrong.repair);
      await mend.first().click();
      const good = page.getByRole("main").getByText(/^Rehearsed: your OpenClaw/u);
      await expect(good).toContainText("sends your API key to api.openai.com", PATIENCE);
    } finally {
      await setup.close();
      await openai.close();
    }
  });
}

async function toReview(page: Page, url: string, model: string): Promise<void> {
  await page.goto(url);
  await walkToReview(page, KEY, model);
  await expect(page.getByRole("region", { name: "Preview" })).toBeVisible();
}

/** So that what stands in the way stays there. */
async function declineAll(page: Page): Promise<void> {
  const ticked = page.locator('input[name="accepted[]"]:checked:enabled');
  while ((await ticked.count()) > 0) {
    const left = await ticked.count();
    await ticked.first().uncheck();
    await expect(ticked).toHaveCount(left - 1);
  }
}
