/** What OpenClaw says to a visit, where it says the gateway's token: nothing of the files may come through. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createCallbackRelay } from "@/lib/openai/chatgpt/relay";
import { type StandIn, startStandIn } from "@/lib/openclaw/gateway/testing/stand-in";
import { createMemoryTokenStore } from "@/lib/sign-in/token-store";
import { startOpening } from "@/lib/visit/gateway";
import { letPhoneIn } from "@/lib/visit/later/phone";
import { newVisit, type Visit } from "@/lib/visit/visit";

/** No shape tells that these are secret. */
const TOKEN = "correct-horse-battery-staple";
const SERVICE = "grey-goose-on-the-lake";

let home: string;
let visit: Visit;
let gateway: StandIn;

beforeEach(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "shown-secrets-")));
  gateway = await startStandIn({ env: { HOME: home }, body: '{"ok":true,"ready":true}' });
  const { port } = gateway;
  const put = (name: string, text: string) => {
    const file = join(home, name);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, text, { mode: 0o755 });
  };
  put(
    ".openclaw/openclaw.json",
    JSON.stringify({ gateway: { port, auth: { mode: "token", token: TOKEN } } }),
  );
  put(
    ".config/systemd/user/openclaw-gateway.service",
    `[Service]\nEnvironment=X_TOKEN=${SERVICE}\n`,
  );
  put(
    ".npm-global/lib/node_modules/openclaw/package.json",
    '{"name":"openclaw","version":"2026.9.6","bin":{"openclaw":"openclaw.mjs"},"engines":{"node":">=18"}}',
  );
  put(
    ".npm-global/lib/node_modules/openclaw/openclaw.mjs",
    `#!/usr/bin/env node\nconsole.error("Error: http://127.0.0.1/#token=${TOKEN} and ${SERVICE}"); process.exit(1);\n`,
  );
  put(
    ".npm-global/bin/openclaw",
    `#!/bin/sh\nexec node "$basedir/../lib/node_modules/openclaw/openclaw.mjs" "$@"\n`,
  );
  const store = createMemoryTokenStore<never>();
  const relay = createCallbackRelay();
  visit = newVisit({
    env: {
      HOME: home,
      PATH: process.env["PATH"],
      OPENCLAW_BIN: join(home, ".npm-global/lib/node_modules/openclaw/openclaw.mjs"),
    },
    profile: null,
    signIn: { secret: "not-used-here", store, relay, attempt: null },
  });
});
afterEach(async () => {
  rmSync(home, { recursive: true, force: true });
  await gateway.end();
});

it.each([
  ["the dashboard", () => startOpening(visit), () => visit.opening],
  ["the phone", () => letPhoneIn(visit, "ABCD2345"), () => visit.pairing],
])("says of %s only what is no secret", async (_, start, job) => {
  await start();
  const begun = job();
  await begun?.settled;
  const said = JSON.stringify(begun?.result);
  expect(said).toContain("127.0.0.1");
  for (const secret of [TOKEN, SERVICE]) expect(said).not.toContain(secret);
});
