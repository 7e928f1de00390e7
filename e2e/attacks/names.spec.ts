/** Attack: names that speak in our voice, in everything that names a thing here and was written by others. */

import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { DEFAULT_MODELS, startOpenAiServer } from "@/e2e/servers/openai-server";
import { enter, goToReview, type Visitor } from "@/e2e/support/raw-visitor";
import { makeHome, startSetup } from "@/e2e/support/setup-server";

const KEY = "sk-proj-test-works-pasted-c1d2e3f4a5b6c7d8";
/** Turns the reading order, obeys as a terminal's code, and runs where it is taken for markup. */
const ODD = `\u202Egnp.\u2066\u001b[2J\u001b]0;x\u0007<img src=x onerror=globalThis.hit=1>`;
const HIDDEN = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;
const PAGES = [
  "/",
  "/key",
  "/sign-in",
  "/sign-in/device",
  "/sign-in/paste",
  "/model",
  "/backup",
  "/review",
  "/export",
  "/done",
  "/open",
  "/phone",
  "/who-answers",
] as const;

const token = (claims: object) =>
  ["{}", JSON.stringify(claims), "x"]
    .map((part) => Buffer.from(part).toString("base64url"))
    .join(".");

/** A home in which every name is odd: versions, models, profiles, agents, included files, claims. */
async function oddHome(): Promise<string> {
  const home = await makeHome();
  const auth = { chatgpt_account_id: ODD, chatgpt_plan_type: ODD, chatgpt_user_id: ODD };
  const access = token({
    exp: Math.floor(Date.now() / 1000) + 86_400,
    email: `${ODD}@example.test`,
    "https://api.openai.com/auth": auth,
    "https://api.openai.com/profile": { email: `${ODD}@example.test` },
  });
  const included = `${ODD.replaceAll("/", "")}.json5`;
  const profile = {
    type: "api_key",
    provider: "openai",
    key: "sk-proj-of-somebody-0123456789abcdef",
  };
  const files: Record<string, object | string> = {
    ".openclaw/openclaw.json": {
      $include: [`./${included}`, `./gone-${included}`],
      agents: { defaults: { model: `acme/${ODD}` }, list: [{ id: ODD, name: ODD, model: ODD }] },
      auth: { profiles: { [ODD]: { provider: ODD, mode: "api_key" } }, order: { openai: [ODD] } },
      models: {
        providers: { [ODD]: { baseUrl: `http://${ODD}`, models: [{ id: ODD, name: ODD }] } },
      },
      meta: { lastTouchedVersion: ODD },
    },
    [`.openclaw/${included}`]: { tools: { [ODD]: ODD } },
    ".openclaw/agents/main/agent/auth-profiles.json": { version: 1, profiles: { [ODD]: profile } },
    [`.openclaw/agents/${included}/agent/auth-profiles.json`]: {
      version: 1,
      profiles: { [ODD]: profile },
    },
    ".codex/auth.json": {
      auth_mode: "chatgpt",
      tokens: { id_token: access, access_token: access, refresh_token: "r", account_id: ODD },
      last_refresh: ODD,
    },
    "openclaw/package.json": {
      name: "openclaw",
      version: `2026.9.6${ODD}`,
      bin: { openclaw: "openclaw.mjs" },
      engines: { node: ODD },
    },
    "openclaw/openclaw.mjs": `#!/usr/bin/env node
const said = ${JSON.stringify(ODD)};
process.stdout.write(JSON.stringify({ error: said, message: said }) + said);
process.stderr.write("Error: " + said);
process.exitCode = 1;
`,
  };
  for (const [name, content] of Object.entries(files)) {
    const path = join(home, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await writeFile(path, text, { mode: name.endsWith(".mjs") ? 0o755 : 0o600 });
  }
  return home;
}

/** A sign-in service and a ChatGPT whose every answer is odd. */
async function oddService() {
  const server = createServer((request, response) => {
    const isCode = request.url?.includes("usercode") === true;
    response.writeHead(isCode ? 200 : 400, {
      "content-type": "application/json",
      "x-request-id": "x",
    });
    const code = { device_auth_id: "d", user_code: ODD, interval: "5" };
    response.end(JSON.stringify({ ...code, error: ODD, error_description: ODD, detail: ODD }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => server.close() };
}

/** Pages on which an odd name stood, by the number that is shown for it; nothing looked at is nothing proven. */
const shown = new Set<string>();

/** Goes to every page and looks at what it says, in its text and to those who hear it. */
async function visitAll(page: Page, visitor: Visitor): Promise<void> {
  for (const path of PAGES) {
    await page.goto(`http://${visitor.host}${path}`);
    await expect(page.locator("h1")).toBeVisible();
    const said = await page.evaluate(() =>
      [...document.querySelectorAll("body *:not(script)"), document.head]
        .flatMap((one) => [
          ...[...one.attributes].map(({ value }) => value),
          ...[...one.childNodes]
            .filter(({ nodeType }) => nodeType === 3)
            .map((node) => node.textContent),
          document.title,
        ])
        .join("\n"),
    );
    if (said.includes("⟨U+202E⟩")) shown.add(path);
    expect(HIDDEN.exec(said)?.[0], path).toBeUndefined();
    expect(await page.evaluate(() => "hit" in globalThis), path).toBe(false);
    expect(await page.locator('img[src="x"]').count(), path).toBe(0);
  }
}

test("5. Names: none that others gave turns, hides or runs anything, on any page or in the terminal", async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  const [openai, service, home] = await Promise.all([
    startOpenAiServer({ models: [...DEFAULT_MODELS, ODD, `gpt-5${ODD}`] }),
    oddService(),
    oddHome(),
  ]);
  const setup = await startSetup(home, {
    OPENAI_BASE_URL: openai.url,
    CHATGPT_ISSUER: service.url,
    CHATGPT_BASE_URL: service.url,
    OPENCLAW_BIN: join(home, "openclaw", "openclaw.mjs"),
  });
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  try {
    const visitor = await enter(setup.url);
    const [name = "", value = ""] = visitor.cookie.split("=");
    await context.addCookies([{ name, value, domain: "localhost", path: "/" }]);
    await visitAll(page, visitor);
    // With a key: the models that were listed, and whatever stands in the way of a plan.
    await visitor.post(await visitor.form("/", "How do you want"), { auth: "api-key" });
    await visitor.post(await visitor.form("/key", 'name="key"'), { key: KEY });
    await visitor.post(await visitor.form("/model", 'name="other"'), { other: `acme/${ODD}` });
    await visitAll(page, visitor);
    await visitor.post(await visitor.form("/model", 'name="other"'), { other: "openai/gpt-5.5" });
    await visitAll(page, visitor);
    // The config can be planned once it includes nothing that is not there; then it is written, and OpenClaw asked.
    await writeFile(
      join(home, ".openclaw", "openclaw.json"),
      JSON.stringify({ [ODD]: ODD, agents: { defaults: { model: "acme/x" } } }),
    );
    const write = await goToReview(visitor, KEY, "openai/gpt-5.5");
    await visitAll(page, visitor);
    await visitor.post(write);
    await visitAll(page, visitor);
    // With a login: claims of Codex's, and the code of a device.
    await visitor.post(await visitor.form("/", "How do you want"), { auth: "chatgpt" });
    await visitor.post(await visitor.form("/sign-in", "Use a device code"));
    await visitAll(page, visitor);
    expect([...shown].sort()).toEqual(expect.arrayContaining(["/", "/review"]));
    expect(complaints).toEqual([]);
    expect(HIDDEN.exec(setup.output())?.[0]).toBeUndefined();
  } finally {
    await setup.close();
    await openai.close();
    service.close();
  }
});
