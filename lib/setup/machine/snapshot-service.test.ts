import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import { serviceKeyAgainst } from "@/lib/setup/machine/service-key";
import { takeSnapshot, viewMachine } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, KEY, machine } from "@/lib/setup/testing/machine";

let home: string;
beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), "snapshot-")));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function put(name: string, text: string | object): void {
  const file = path.join(home, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof text === "string" ? text : JSON.stringify(text));
}
const env = () => ({ HOME: home, PATH: "", OPENCLAW_GATEWAY_PORT: "9" });
const UNIT = ".config/systemd/user/openclaw-gateway.service";

async function proposedToken(): Promise<boolean> {
  const plan = planSetup(await takeSnapshot(env(), null), chosen());
  if (!plan.ok) throw new Error(plan.error.code);
  return JSON.stringify(plan.value.config.value).includes('"token"');
}

it("proposes no second token for the gateway where its service holds one", async () => {
  expect(await proposedToken()).toBe(true);
  put(UNIT, "[Service]\nEnvironment=OPENCLAW_GATEWAY_TOKEN=mine\n");
  expect(await proposedToken()).toBe(false);
});

it.each([
  [`${UNIT}.d/token.conf`, '[Service]\nEnvironment="OPENCLAW_GATEWAY_PASSWORD=a b"\n'],
  [
    "Library/LaunchAgents/ai.openclaw.gateway.plist",
    "<dict><key>EnvironmentVariables</key><dict><key>OPENCLAW_GATEWAY_TOKEN</key><string>t</string></dict></dict>",
  ],
  [".openclaw/service-env/gateway.env", "export OPENCLAW_GATEWAY_TOKEN='t'\n"],
])("nor where it is in %s", async (file, text) => {
  put(file, text);
  expect(await proposedToken()).toBe(false);
});

it("proposes nothing for a gateway that is another machine's", async () => {
  put(".openclaw/openclaw.json", { gateway: { mode: "remote", remote: { url: "wss://box:1" } } });
  expect(await proposedToken()).toBe(false);
  expect((await viewMachine(env(), null)).gateway).toEqual({ kind: "remote", host: "box:1" });
});

it("lists the key of a service, in its file, as the gateway's alone", async () => {
  put(UNIT, "[Service]\nEnvironment=OPENAI_API_KEY=sk-proj-service00aaaabbbbccccddddAAAA\n");
  const { credentials } = await viewMachine(env(), null);
  expect(credentials).toMatchObject([
    { source: "service", file: path.join(home, UNIT), state: "service", wins: false },
  ]);
  expect(credentials[0]?.fingerprint?.last4).toBe("AAAA");
});

it("tells whether the service's key goes before the new one", () => {
  const of = (isManaged: boolean) => ({
    serviceVariables: [{ name: "OPENAI_API_KEY", value: "sk-other", file: "/u", isManaged }],
  });
  const against = (version: string, isManaged: boolean) =>
    serviceKeyAgainst(machine({ ...of(isManaged), era: eraFor(version).era }), KEY)?.file ?? null;
  expect(against("2026.9.6", false)).toBe("/u");
  expect(against("2026.9.6", true)).toBeNull();
  expect(against("2026.7.1", true)).toBe("/u");
  expect(serviceKeyAgainst(machine(of(false)), "sk-other")).toBeNull();
});

it("follows an agent's own directory, one outside the state directory only with its eyes", async () => {
  const store = { version: 1, profiles: { "openai:default": { type: "api_key", key: "x" } } };
  const agents = {
    list: [
      { id: "main", agentDir: "~/.openclaw/own" },
      { id: "ops", agentDir: "~/elsewhere" },
    ],
  };
  put(".openclaw/openclaw.json", { agents });
  put(".openclaw/own/auth-profiles.json", store);
  put("elsewhere/auth-profiles.json", store);
  const { agentStores } = await takeSnapshot(env(), null);
  expect(agentStores.map(({ agent, profilesPath }) => [agent, profilesPath])).toEqual([
    ["main", path.join(home, ".openclaw/own/auth-profiles.json")],
  ]);
});
