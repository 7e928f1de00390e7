/** Stores of single agents on a real disk: found, written and taken back. */

import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { eraFor } from "@/lib/openclaw/releases/table";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { planSetup } from "@/lib/setup/plan/plan";
import { chosen, OLD_KEY } from "@/lib/setup/testing/machine";
import { obstacleTo, undoWrite, writePlan } from "@/lib/setup/write/write";

const RELEASE = "2026.5.7";
const STORE = JSON.stringify({
  version: 1,
  profiles: { "openai:default": { type: "api_key", provider: "openai", key: OLD_KEY } },
});

let home: string;
let env: NodeJS.ProcessEnv;
const agentDir = (agent: string) => join(home, ".openclaw", "agents", agent, "agent");
const storeOf = (agent: string) => join(agentDir(agent), "auth-profiles.json");

function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
}

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "agent-stores-")));
  const program = join(home, "openclaw");
  // No Node runs it: nothing here takes a command.
  const about = { name: "openclaw", version: RELEASE, bin: { openclaw: "openclaw.mjs" } };
  put(join(program, "package.json"), JSON.stringify({ ...about, engines: { node: ">=99" } }));
  put(join(program, "openclaw.mjs"), "#!/usr/bin/env node\n");
  env = { HOME: home, PATH: "/usr/bin:/bin", OPENCLAW_BIN: join(program, "openclaw.mjs") } as never;
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function planned() {
  const snapshot = await takeSnapshot(env, null);
  expect(snapshot.version).toBe(RELEASE);
  const { apiKey: model } = eraFor(RELEASE).era.defaultModel;
  const plan = planSetup(snapshot, chosen({ model }));
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

const list = (...ids: string[]) =>
  put(
    join(home, ".openclaw", "openclaw.json"),
    JSON.stringify({ agents: { list: ids.map((id) => ({ id })) } }),
  );

it.each(["home", "browser", "media", "workspace-dev"])(
  "%s: written, and taken back",
  async (id) => {
    list(id);
    put(storeOf(id), STORE);
    const written = await writePlan(await planned(), env, new AbortController().signal);
    if (!written.ok) throw new Error(JSON.stringify(written.error));
    const after = readFileSync(storeOf(id), "utf8");
    expect(JSON.parse(after)).toMatchObject({
      order: { openai: ["openai:setup-key", "openai:default"] },
      profiles: { "openai:default": { key: OLD_KEY } },
    });
    // A turn notes its use there.
    writeFileSync(storeOf(id), after.replace('"version":1', '"version":1,"lastGood":{}'));
    expect(await undoWrite(written.value)).toMatchObject({ ok: true });
    expect(readFileSync(storeOf(id), "utf8")).toBe(STORE);
  },
);

it("leaves alone what is a link, and writes the rest", async () => {
  list("alias", "file", "twin", "out");
  put(storeOf("main"), STORE);
  symlinkSync(
    join(home, ".openclaw", "agents", "main"),
    join(home, ".openclaw", "agents", "alias"),
  );
  mkdirSync(agentDir("file"), { recursive: true });
  symlinkSync(storeOf("main"), storeOf("file"));
  put(storeOf("out-of-it"), STORE);
  mkdirSync(agentDir("twin"), { recursive: true });
  linkSync(storeOf("out-of-it"), storeOf("twin"));
  put(join(home, "elsewhere", "agent", "auth-profiles.json"), STORE);
  symlinkSync(join(home, "elsewhere"), join(home, ".openclaw", "agents", "out"));
  const plan = await planned();
  expect(plan.handOver?.file.path).toBe(storeOf("main"));
  expect(plan.agentFiles).toEqual([]);
  expect(await obstacleTo(plan)).toBeNull();
});
