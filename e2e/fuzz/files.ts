/** Border: every file that is read on the way from a start to the review. */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import type { Border } from "@/e2e/fuzz/border";
import { oddBytes } from "@/e2e/fuzz/odd";
import { findCodexLogin } from "@/lib/openai/chatgpt/codex-login";
import { TESTED_RELEASES } from "@/lib/openclaw/releases/table";
import type { Choices } from "@/lib/setup/choices";
import { viewMachine } from "@/lib/setup/machine/snapshot";
import { UnreadableFile } from "@/lib/setup/machine/unreadable-file";
import { planSetup } from "@/lib/setup/plan/plan";
import { previewOf } from "@/lib/setup/review/preview";
import { recoverAtStart } from "@/lib/setup/write/recovery";

/** With the shape of a key, so that a broken file may hold it anywhere. */
const SHAPED = "sk-proj-CaNaRyOfAFile00aaaabbbbccccddddeeee1a2b";
/** Known by its place alone. */
const PLACED = "Zx9qOpaqueCanaryAtItsPlace77";
const NEW_KEY = "sk-proj-CaNaRyOfTheVisit11ffffgggghhhhiiiijjjj3c4d";
const ACCESS = "access-canary-0123456789-abcdefghij";
const REFRESH = "refresh-canary-0123456789-abcdefghij";
const GATEWAY = "0123456789abcdef0123456789abcdef0123456789abcdef";

const config = (secret: string) =>
  `{
  // hand-written
  agents: { defaults: { model: { primary: "acme/large", fallbacks: ["openai/gpt-5.2"] } }, list: [{ id: "main", default: true, model: "acme/small" }] },
  "gateway": { "mode": "local", "auth": { "mode": "token", "token": "${secret}" } },
  models: { providers: { openai: { baseUrl: "http://127.0.0.1:9/v1", apiKey: "${secret}", headers: { Authorization: "Bearer ${secret}" }, models: [{ id: "gpt-5.5", name: "x" }] } } },
  env: { vars: { OPENAI_API_KEY: "${secret}" }, ANTHROPIC_API_KEY: "${secret}" },
  auth: { profiles: { "openai:default": { provider: "openai", mode: "api_key" } }, order: { openai: ["openai:default"] } },
  channels: { telegram: { botToken: "${secret}", enabled: true } },
  $include: "./more.json5",
}
`;
const dotenv = (secret: string) =>
  `# mine\nexport OPENAI_API_KEY='${secret}' # old\nOTHER="two\nlines"\nMY_TOKEN=${secret}\r\nPLAIN=1\n`;
const profiles = (secret: string) =>
  JSON.stringify({
    version: 1,
    profiles: {
      "openai:default": { type: "api_key", provider: "openai", key: secret },
      "openai-codex:default": {
        type: "oauth",
        provider: "openai-codex",
        access: secret,
        refresh: secret,
        expires: 1_900_000_000_000,
      },
    },
    order: { openai: ["openai:default"] },
    usageStats: { "openai:default": { cooldownUntil: 1 } },
  });
const codex = JSON.stringify({
  auth_mode: "chatgpt",
  tokens: { id_token: "a.b.c", access_token: SHAPED, refresh_token: SHAPED, account_id: "acct" },
  last_refresh: "2026-11-01T00:00:00Z",
});
const unit = (secret: string) =>
  `[Service]\nEnvironment="OPENAI_API_KEY=${secret}" X=1\nEnvironmentFile=-%h/.config/openclaw/gateway.env\nExecStart=/usr/bin/node \\\n  openclaw gateway\n`;
const plist = (secret: string) =>
  `<?xml version="1.0"?><plist><dict><key>EnvironmentVariables</key><dict><key>OPENAI_API_KEY</key><string>${secret}</string></dict></dict></plist>`;
const installed = JSON.stringify({
  name: "openclaw",
  version: "2026.9.6",
  bin: { openclaw: "openclaw.mjs" },
  engines: { node: ">=22" },
});

/** Paths below the home with what a person may have there. Changed files hold the secret that is known by its shape. */
const FILES: Readonly<Record<string, readonly [broken: string, whole: string]>> = {
  ".openclaw/openclaw.json": [config(SHAPED), config(PLACED)],
  ".openclaw/more.json5": [
    `{ tools: { web: { search: { apiKey: "${SHAPED}" } } }, "$include": ["./third.json"] }`,
    `{ tools: { web: { search: { apiKey: "${PLACED}" } } } }`,
  ],
  ".openclaw/third.json": ['{ "logging": {} }', '{ "logging": {} }'],
  ".openclaw/openclaw.json.bak": [config(SHAPED), config(PLACED)],
  ".openclaw/.env": [dotenv(SHAPED), dotenv(PLACED)],
  ".openclaw/agents/main/agent/auth-profiles.json": [profiles(SHAPED), profiles(PLACED)],
  ".openclaw/agents/main/agent/auth-state.json": [profiles(SHAPED), profiles(PLACED)],
  ".openclaw/agents/work/agent/auth-profiles.json": [profiles(SHAPED), profiles(PLACED)],
  ".openclaw/agents/main/sessions/sessions.json": [
    '{"agent:main:main":{"modelOverride":"gpt-5","providerOverride":"openai"}}',
    "{}",
  ],
  ".codex/auth.json": [codex, codex],
  ".config/openclaw/gateway.env": [dotenv(SHAPED), dotenv(PLACED)],
  ".config/systemd/user/openclaw-gateway.service": [unit(SHAPED), unit(PLACED)],
  "Library/LaunchAgents/ai.openclaw.gateway.plist": [plist(SHAPED), plist(PLACED)],
  ".npmrc": [`prefix=\${HOME}/.npm-global\n`, "prefix=/none\n"],
  "bin/openclaw": ["#!/bin/sh\nexec node ../lib/openclaw/openclaw.mjs\n", "#!/bin/sh\n"],
  ".npm-global/lib/node_modules/openclaw/package.json": [installed, installed],
  ".npm-global/lib/node_modules/openclaw/openclaw.mjs": ["process.exit(0)", "process.exit(0)"],
};

interface Home {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly model: string;
  readonly target: string | null;
  readonly isLogin: boolean;
  readonly accepts: boolean;
}

const homes: fc.Arbitrary<Home> = fc.record({
  files: fc.record(
    Object.fromEntries(
      Object.entries(FILES).map(([path, [broken, whole]]) => [
        path,
        fc.oneof(
          { weight: 2, arbitrary: oddBytes([broken]) },
          { weight: 1, arbitrary: fc.constant(new TextEncoder().encode(whole)) },
        ),
      ]),
    ),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, Uint8Array>>,
  model: fc.constantFrom("openai/gpt-5.5", "openai-codex/gpt-5.2", "openai/o3"),
  target: fc.option(fc.constantFrom(...TESTED_RELEASES)),
  isLogin: fc.boolean(),
  accepts: fc.boolean(),
});

export async function files(): Promise<Border<Home>> {
  const base = await mkdtemp(join(tmpdir(), "openclaw-setup-fuzz-"));
  let count = 0;
  return {
    cases: homes,
    secrets: [SHAPED, PLACED, NEW_KEY, ACCESS, REFRESH, GATEWAY],
    run: async (one) => {
      const home = join(base, String(count++));
      try {
        return await readAndPlan(home, one);
      } finally {
        await rm(home, { recursive: true, force: true });
      }
    },
    close: () => rm(base, { recursive: true, force: true }),
  };
}

async function readAndPlan(home: string, one: Home): Promise<string[]> {
  await mkdir(home, { mode: 0o700 });
  for (const [path, bytes] of Object.entries(one.files)) {
    const file = join(home, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, bytes, { mode: path.startsWith("bin/") ? 0o755 : 0o600 });
  }
  const env = { HOME: home, PATH: join(home, "bin") };
  const said: unknown[] = [await recoverAtStart(env, null), await findCodexLogin(env)];
  try {
    const { snapshot, ...view } = await viewMachine(env, null, one.target);
    // The places and the release are told; values of the environment are not.
    const { broken, credentials, defaultModel, gateway, others, newerWriter } = view;
    said.push(broken, credentials, defaultModel, gateway, others, newerWriter);
    for (const choices of choicesOf(one)) {
      const plan = planSetup(snapshot, choices);
      if (!plan.ok) said.push(plan.error);
      else {
        const { commands, changes, repairs, otherDefault } = plan.value;
        said.push(commands, changes, repairs, otherDefault, previewOf(plan.value));
      }
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    said.push(error.message);
  }
  return said.map((what) => JSON.stringify(what) ?? "");
}

/** As proposed, then with everything taken up that was offered. */
function choicesOf({ model, isLogin, accepts }: Home): Choices[] {
  const common = {
    model,
    otherDefault: accepts ? ("after" as const) : null,
    keyForm: null,
    declined: [],
    accepted: accepts ? ["other-default", "base-url", "api", "shut-off"] : [],
    gatewayToken: GATEWAY,
  };
  const login = {
    accessToken: ACCESS,
    refreshToken: REFRESH,
    accountId: "acct",
    email: "ada@example.com",
    expiresAt: 1_900_000_000_000,
  };
  return isLogin
    ? [{ auth: "chatgpt", login, apiKey: accepts ? NEW_KEY : null, ...common }]
    : [{ auth: "api-key", apiKey: NEW_KEY, ...common }];
}
