/** The whole job with an API key: by HTTP, by a browser, and by OpenClaw's own commands. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import type { InstalledRelease } from "@/e2e/releases/install";
import { emptyHome, runOpenClaw } from "@/e2e/releases/run";
import { startOpenAiServer } from "@/e2e/servers/openai-server";
import { enter, goToReview, keptConnections } from "@/e2e/support/raw-visitor";
import { makeHome, type SetupServer, startSetup } from "@/e2e/support/setup-server";
import { CHROMIUM_ARGUMENTS } from "../browser";
import type { Context } from "../context";
import { type Row, rowOf } from "../row";
import { alternately } from "../stats";

const KEY = "sk-proj-test-works-bench0aaaa1bbbb2cccc3dddd";
const MODEL = "openai/gpt-5.5";
const GOAL = 1 / 100;
/** The newest whose `onboard` ends well without a network: later ones first fetch a plugin from npm. */
const ONBOARD_RELEASE = "2026.6.10";
/** With all that can be left out left out, so that the same job is compared. */
const ONBOARD = [
  "onboard",
  "--non-interactive",
  "--accept-risk",
  "--auth-choice",
  "openai-api-key",
  "--openai-api-key",
  KEY,
  "--skip-health",
  "--skip-channels",
  "--skip-skills",
  "--skip-search",
  "--skip-ui",
  "--skip-hooks",
  "--skip-bootstrap",
  "--no-install-daemon",
  "--json",
];
const PATCH = JSON.stringify({ agents: { defaults: { model: { primary: MODEL } } } });

export async function jobRows(context: Context): Promise<Row[]> {
  const { runs, say } = context;
  const older = await context.release(ONBOARD_RELEASE);
  const release = await context.release();
  say("job: by HTTP and by openclaw onboard, in turn");
  const rounds = runs(4);
  const onboard = await alternately(rounds, http, () => commands(older, [ONBOARD]));
  say("job: by HTTP and by openclaw config patch, in turn");
  const patch = await alternately(rounds, http, () =>
    commands(release, [["config", "patch", "--stdin"]], PATCH),
  );
  say("job: by a browser");
  const browser: number[] = [];
  for (let i = 0; i < rounds; i += 1) browser.push(await byBrowser(context));
  const row = { group: "job", unit: "ms", goal: GOAL };
  return [
    rowOf({
      ...row,
      name: "whole API-key job by HTTP",
      ours: onboard.ours.map(({ whole }) => whole),
      floor: onboard.floor,
      floorName: `openclaw onboard, ${ONBOARD_RELEASE}`,
    }),
    rowOf({
      group: "job",
      unit: "ms",
      name: "the same, first thing after the start",
      ours: onboard.ours.map(({ first }) => first),
      floor: onboard.floor,
      floorName: `openclaw onboard, ${ONBOARD_RELEASE}`,
    }),
    rowOf({
      ...row,
      name: "its edit by HTTP: plan, compare, write",
      ours: patch.ours.map(({ edit }) => edit),
      floor: patch.floor,
      floorName: `openclaw config patch, ${release.version}`,
    }),
    rowOf({
      group: "job",
      name: "API-key job in Chromium, driven",
      unit: "ms",
      ours: browser,
      floor: onboard.floor,
      floorName: `openclaw onboard, ${ONBOARD_RELEASE}`,
    }),
  ];
}

/**
 * A server that is up, in a home of its own, without an OpenClaw: what an installed one is asked before
 * and after the write is its own time, which the rows of `verify` have.
 */
async function withSetup<T>(work: (setup: SetupServer) => Promise<T>): Promise<T> {
  const openai = await startOpenAiServer();
  const setup = await startSetup(await makeHome(), { OPENAI_BASE_URL: openai.url });
  try {
    const done = await work(setup);
    await demandWritten(setup.home);
    return done;
  } finally {
    await setup.close();
    await openai.close();
  }
}

interface Job {
  /** Milliseconds. */
  readonly whole: number;
  /** The same as the very first thing that the server does. */
  readonly first: number;
  /** The last request of it, which plans once more, compares with what was reviewed, and writes. */
  readonly edit: number;
}

/** From the first page to the written files, every form posted as a browser without scripts does. */
function http(): Promise<Job> {
  return withSetup(async ({ url }) => {
    const { exchange, close } = keptConnections();
    const visitor = await enter(url, exchange);
    // The server is up and has shown its pages before, to somebody who then began again.
    const first = performance.now();
    await goToReview(visitor, KEY, MODEL);
    const begun = performance.now();
    const form = await goToReview(visitor, KEY, MODEL);
    const reviewed = performance.now();
    const answer = await visitor.post(form);
    const ended = performance.now();
    close();
    if (!/location: \/done/iu.test(answer.head)) throw new Error(`not written: ${answer.head}`);
    return {
      whole: ended - begun,
      first: begun - first + ended - reviewed,
      edit: ended - reviewed,
    };
  });
}

/** The same in Chromium: from the address of the terminal to “Configuration written”. */
function byBrowser({ chromium: executablePath }: Context) {
  return withSetup(async ({ url }) => {
    const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_ARGUMENTS] });
    try {
      const page = await browser.newPage({ locale: "en-US" });
      const next = () => page.getByRole("button", { name: "Continue" }).click();
      const begun = performance.now();
      await page.goto(url);
      await page.getByRole("radio", { name: "API key" }).check();
      await next();
      await page.getByRole("textbox", { name: "OpenAI API key" }).fill(KEY);
      await next();
      await page.getByRole("heading", { name: "Pick a model" }).waitFor();
      await next();
      await page.getByRole("button", { name: "Write configuration" }).click();
      await page.getByRole("status").filter({ hasText: "Configuration written" }).waitFor();
      return performance.now() - begun;
    } finally {
      await browser.close();
    }
  });
}

async function demandWritten(home: string): Promise<void> {
  const read = (name: string) => readFile(join(home, ".openclaw", name), "utf8");
  const [config, dotenv] = [await read("openclaw.json"), await read(".env")];
  if (!config.includes("openai/") || !dotenv.includes(KEY))
    throw new Error("the files are not ours");
}

/** One after the other in an empty home; each has to end well. */
async function commands(
  release: InstalledRelease,
  lines: ReadonlyArray<readonly string[]>,
  input = "",
): Promise<number> {
  const home = await emptyHome();
  try {
    // What a patch needs to be there first, as after an earlier setup.
    if (input) await home.write(".openclaw/openclaw.json", { gateway: { mode: "local" } });
    const begun = performance.now();
    for (const line of lines) {
      const { code, stderr, stdout } = await runOpenClaw(release, home, line, { input });
      if (code !== 0) throw new Error(`openclaw ${line[0]}: ${code}\n${stdout}\n${stderr}`);
    }
    const ms = performance.now() - begun;
    const config = await readFile(home.configPath, "utf8");
    if (!config.includes("openai/")) throw new Error(`openclaw ${lines[0]?.[0]} set no model`);
    return ms;
  } finally {
    await home.remove();
  }
}
