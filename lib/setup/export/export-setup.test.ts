/** An export holds what its engine expects, nothing secret, and no path of the machine. */

import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { ENGINES, type Engine } from "@/lib/openclaw/deployments/shapes";
import { exportSetup } from "@/lib/setup/export/export-setup";
import type { ExportChoices } from "@/lib/setup/export/plan-for-release";
import { printReadme } from "@/lib/setup/export/readme";
import { CHOICES } from "@/lib/setup/export/testing/choices";
import type { Export } from "@/lib/setup/export/types";
import { type Found, KEY, machine, TOKEN } from "@/lib/setup/testing/machine";

const BOT = "7301234567:AAEcanary-canary-canary-canary-cana";

/** A machine that was lived in: secrets and paths wherever people have them. */
const LIVED_IN: Found = {
  config: {
    meta: { lastTouchedVersion: "2026.9.6" },
    agents: {
      defaults: { workspace: "/home/ada/clawd", model: "anthropic/claude-opus-4-6" },
      list: [{ id: "main", workspace: "/home/ada/.openclaw/ws", agentDir: "/srv/agents/main" }],
    },
    auth: { profiles: { "openai:ada@example.com": { provider: "openai", mode: "oauth" } } },
    channels: { telegram: { botToken: BOT, allowFrom: [7] } },
    env: { vars: { GROQ_API_KEY: "gsk_canary0123456789canary", PLAIN: "yes" } },
    gateway: { port: 19001, bind: "loopback", auth: { mode: "token", token: TOKEN } },
    hooks: { path: "/hooks", token: "hook-canary-0123456789" },
    mcp: {
      servers: {
        x: {
          command: "/usr/local/bin/x",
          args: ["--dir=/home/ada/x", "--token", "opaque-canary-9"],
        },
      },
    },
    models: {
      providers: { openai: { apiKey: KEY, baseUrl: "https://api.openai.com/v1", models: [] } },
    },
    secrets: { providers: { disk: { source: "file", path: "/home/ada/secrets.json" } } },
    tools: { web: { apiKey: { source: "file", provider: "disk", id: "/web" } } },
  },
  dotenv: `OPENAI_API_KEY=${KEY}\nOTHER_TOKEN=dotenv-canary-0123456789\n`,
};

function made(
  engine: Engine,
  found: Found = {},
  more: Partial<ExportChoices> = {},
  release = "2026.9.6",
): Export {
  const result = exportSetup(machine(found), { ...CHOICES, ...more }, { engine, release });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

function textOf({ files }: Export, path: string): string {
  const file = files.find((one) => one.path === path);
  if (!file) throw new Error(`no ${path} among ${files.map((one) => one.path).join(", ")}`);
  return file.text;
}

describe.each(ENGINES)("%s", (engine) => {
  it("names two variables for a new setup, and no value", () => {
    expect(textOf(made(engine), "openclaw.env")).toBe("OPENAI_API_KEY=\nOPENCLAW_GATEWAY_TOKEN=\n");
  });

  it("carries no secret and no path of the machine", () => {
    for (const { text } of made(engine, LIVED_IN).files) {
      expect(text).not.toMatch(/canary|\/home\/ada|\/srv\/agents|\/usr\/local\/bin/u);
      for (const secret of [KEY, TOKEN, BOT]) expect(text).not.toContain(secret);
    }
  });

  it("is the same for the same choices", () => {
    expect(made(engine, LIVED_IN)).toEqual(made(engine, LIVED_IN));
  });

  it("says how an instance signs in with ChatGPT, and needs no key", () => {
    const { variables, signIn, readme } = made(engine, {}, { auth: "chatgpt" });
    expect(variables).toEqual(["OPENCLAW_GATEWAY_TOKEN"]);
    expect(signIn).toEqual(["models", "auth", "login", "--provider", "openai", "--device-code"]);
    const commands = readme.flatMap((part) => (part.kind === "commands" ? part.lines : []));
    expect(commands.at(-1)).toContain("models auth login --provider openai --device-code");
  });
});

it("moves what lies in the home, and leaves behind what lies elsewhere", () => {
  const { files, leftOut } = made("compose", LIVED_IN);
  const config = JSON.parse(textOf({ files } as Export, "openclaw-config/openclaw.json"));
  expect(config.agents.defaults.workspace).toBe("/home/node/.openclaw/clawd");
  expect(config.agents.list).toEqual([{ id: "main", workspace: "/home/node/.openclaw/ws" }]);
  expect(config.hooks).toEqual({ path: "/hooks", token: `\${HOOKS_TOKEN}` });
  expect(config.mcp.servers.x.args).toEqual([
    "--dir=/home/node/.openclaw/x",
    "--token",
    `\${MCP_SERVERS_X_ARGS_2}`,
  ]);
  expect(config.tools.web.apiKey).toBe(`\${TOOLS_WEB_API_KEY}`);
  expect(config.env).toEqual({ vars: { PLAIN: "yes" } });
  expect(config).not.toHaveProperty("meta");
  expect(config).not.toHaveProperty("auth");
  expect(leftOut.map(({ path }) => path)).toEqual([
    "agents.list.0.agentDir",
    "mcp.servers.x.command",
    "secrets.providers.disk",
  ]);
});

it("keeps the marks of a page's reading order out of the README, which shows hidden characters", () => {
  const say = (word: string) => `\u2068${word}\u2069 \u2066Compose\u2069`;
  const text = printReadme(made("compose"), "Docker Compose", say);
  expect(text).toContain("# title Compose\n");
  expect(text).not.toMatch(/[\u2066-\u2069]/u);
});

it("lists every variable that the config names", () => {
  expect(made("compose", LIVED_IN).variables).toEqual([
    "OPENAI_API_KEY",
    "OPENCLAW_GATEWAY_TOKEN",
    "TELEGRAM_BOT_TOKEN",
    "GROQ_API_KEY",
    "HOOKS_TOKEN",
    "MCP_SERVERS_X_ARGS_2",
    "TOOLS_WEB_API_KEY",
  ]);
});

it("gives the gateway what each engine needs", () => {
  const gateway = (engine: Engine, file = "openclaw.json") =>
    JSON.parse(textOf(made(engine, LIVED_IN), file)).gateway;
  const auth = { mode: "token", token: `\${OPENCLAW_GATEWAY_TOKEN}` };
  expect(gateway("compose", "openclaw-config/openclaw.json")).toMatchObject({
    bind: "lan",
    port: 18789,
    auth,
  });
  expect(gateway("kubernetes")).toMatchObject({ bind: "loopback", port: 18789, auth });
  expect(gateway("operator")).not.toHaveProperty("bind");
  expect(gateway("fly")).toMatchObject({ bind: "lan", port: 3000, auth });
  expect(gateway("render")).toMatchObject({ bind: "lan", port: 8080, auth });
});

it("pins the release of the image", () => {
  const compose = parse(textOf(made("compose"), "docker-compose.override.yml"));
  expect(compose.services["openclaw-gateway"].image).toBe(
    `\${OPENCLAW_IMAGE:-ghcr.io/openclaw/openclaw:2026.9.6}`,
  );
  const older = made("kubernetes", {}, {}, "2026.7.1");
  expect(parse(textOf(older, "kustomization.yaml")).images).toEqual([
    { name: "ghcr.io/openclaw/openclaw", newTag: "2026.7.1-slim" },
  ]);
  expect(textOf(made("fly", {}, {}, "2026.7.1"), "fly.toml")).not.toContain("startupz");
});

it("plans for the release asked for", () => {
  const older = made("kubernetes", {}, {}, "2026.2.9");
  expect(older.insteadOf).toBe("openai/gpt-5.5");
  expect(JSON.parse(textOf(older, "openclaw.json")).agents.defaults.model).toEqual({
    primary: "openai/gpt-5.2",
  });
  expect(made("kubernetes", {}, { auth: "chatgpt" }, "2026.2.9").model).toBe(
    "openai-codex/gpt-5.2",
  );
});

it("puts the same config into every form", () => {
  const operator = made("operator", LIVED_IN);
  const config = JSON.parse(textOf(operator, "openclaw.json"));
  expect(parse(textOf(operator, "openclaw-instance.yaml")).spec.config.raw).toEqual(config);
  const kubernetes = made("kubernetes", LIVED_IN);
  const map = parse(textOf(kubernetes, "openclaw-config.yaml"));
  expect(map.data["openclaw.json"]).toBe(textOf(kubernetes, "openclaw.json"));
  const render = made("render", LIVED_IN);
  const [service] = parse(textOf(render, "render.yaml")).services;
  const carried = service.envVars.find(
    ({ key }: { key: string }) => key === "OPENCLAW_SETUP_CONFIG",
  );
  expect(carried.value).toBe(textOf(render, "openclaw.json"));
});

it("takes the further secrets of a Deployment from its Secret", () => {
  const patch = parse(textOf(made("kubernetes", LIVED_IN), "openclaw-variables.yaml"));
  const [container] = patch.spec.template.spec.containers;
  expect(container.env).toContainEqual({
    name: "TELEGRAM_BOT_TOKEN",
    valueFrom: { secretKeyRef: { name: "openclaw-secrets", key: "TELEGRAM_BOT_TOKEN" } },
  });
  const secrets = parseAllDocuments(textOf(made("operator"), "openclaw-secrets.template.yaml"));
  expect(secrets.map((one) => one.toJS().stringData)).toEqual([
    { token: "" },
    { OPENAI_API_KEY: "" },
  ]);
});

it.each(ENGINES)("puts no word of a config's into a command for %s", (engine) => {
  const id = "A:-$(touch canary)}\n`touch canary`; touch canary #";
  const config = {
    tools: { web: { apiKey: { source: "env", provider: "default", id } } },
    [id]: { apiKey: "opaque-canary-0123456789" },
  };
  const { files, readme, variables } = made(engine, { config });
  for (const name of variables) expect(name).toMatch(/^[A-Za-z_]\w*$/u);
  const lines = readme.flatMap((part) => (part.kind === "commands" ? part.lines : []));
  const scripts = files.filter(
    ({ path }) => !/openclaw(?:-config|-instance)?\.(?:json|nix|yaml)$|render\.yaml$/u.test(path),
  );
  for (const text of [...lines, ...scripts.map((one) => one.text)]) {
    expect(text).not.toContain("touch canary");
  }
});
