/** A release made up for the tests of the rehearsal: a real process that really asks, and does what its config says. */

import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Below `folder`; the result is the environment to find it by. Its config may have a member `rehearsal` with: `key`
 * (another bearer), `host`, `model`, `words` (ends with code 1), `hang` (never ends), `direct` (a port that it speaks
 * to beside the proxy), `child` (leaves one behind).
 */
export function installFakeRelease(folder: string, version = "2026.9.6"): Record<string, string> {
  const home = path.join(folder, "openclaw");
  mkdirSync(home, { recursive: true });
  mkdirSync(path.join(folder, "home", ".openclaw"), { recursive: true });
  const about = { name: "openclaw", version, bin: "openclaw.mjs", engines: { node: ">=20" } };
  writeFileSync(path.join(home, "package.json"), JSON.stringify(about));
  writeFileSync(path.join(home, "openclaw.mjs"), PROGRAM);
  return {
    HOME: path.join(folder, "home"),
    PATH: path.dirname(process.execPath),
    OPENCLAW_BIN: path.join(home, "openclaw.mjs"),
  };
}

const PROGRAM = `
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import tls from "node:tls";
const { OPENCLAW_STATE_DIR: state, OPENCLAW_CONFIG_PATH: file, HTTPS_PROXY } = process.env;
const [command] = process.argv.slice(2);
if (command === "config") {
  console.log(JSON.stringify({ valid: true, warnings: [] }));
  process.exit(0);
}
const pinned = fs.readFileSync(file, "utf8").includes('agentRuntime');
if (command === "models") {
  const missing = { provider: "openai", status: "unavailable", runtimeReason: "no-harness", runtimeDetail: "no harness" };
  const providers = [{ provider: "openai", effective: { kind: "env", detail: "" } }];
  const auth = { providers, runtimeAuthRoutes: pinned ? [] : [missing] };
  console.log(JSON.stringify({ resolvedDefault: "openai/gpt-5.5", auth }));
  process.exit(0);
}
if (command === "agent" && !pinned) {
  console.error('Error: Requested agent harness "codex" is not registered');
  process.exit(1);
}
const config = JSON.parse(fs.readFileSync(file, "utf8"));
const wish = config.env?.vars?.REHEARSAL ? JSON.parse(config.env.vars.REHEARSAL) : {};
fs.writeFileSync(path.join(state, "made-here"), String(process.pid));
if (wish.child) spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
if (wish.hang) await new Promise(() => setInterval(() => {}, 1000));
if (wish.words) { console.error(wish.words); process.exit(1); }
if (wish.direct) {
  await new Promise((done) => net.connect(wish.direct, "127.0.0.1").on("connect", done).on("error", done));
}
const dotenv = fs.readFileSync(path.join(state, ".env"), "utf8");
const key = process.env.OPENAI_API_KEY ?? config.env?.vars?.OPENAI_API_KEY ?? /OPENAI_API_KEY=(.*)/.exec(dotenv)?.[1];
const host = wish.host ?? "api.openai.com";
const model = (config.agents.defaults.model.primary ?? config.agents.defaults.model).split("/")[1];
const proxy = new URL(HTTPS_PROXY);
const socket = net.connect(Number(proxy.port), proxy.hostname);
const login = Buffer.from(proxy.username + ":" + proxy.password).toString("base64");
socket.write("CONNECT " + host + ":443 HTTP/1.1\\r\\nhost: " + host + "\\r\\nproxy-authorization: Basic " + login + "\\r\\n\\r\\n");
const head = await new Promise((done) => socket.once("data", (bytes) => done(String(bytes))));
if (!head.startsWith("HTTP/1.1 200")) { console.error("Error: proxy said " + head.split("\\r\\n")[0]); process.exit(1); }
const secure = tls.connect({ socket, servername: host });
const body = JSON.stringify({ model: wish.model ?? model, input: "ping" });
secure.write("POST /v1/responses HTTP/1.1\\r\\nhost: " + host + "\\r\\nconnection: close\\r\\nauthorization: Bearer " + key + "\\r\\ncontent-length: " + body.length + "\\r\\n\\r\\n" + body);
let answer = "";
for await (const bytes of secure) answer += bytes;
if (!answer.includes("pong")) process.exit(1);
console.log(JSON.stringify({ ok: true, outputs: [{ text: "pong" }] }));
process.exit(0);
`;
