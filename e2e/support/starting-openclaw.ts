/** A program in the place of OpenClaw whose gateway starts and answers once it is let go, or fails to start. */

import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { installProgram } from "@/e2e/support/fake-openclaw";
import { installFakeRelease } from "@/lib/setup/verify/rehearsal/testing/fake-release";

export interface StartingOpenClaw {
  /** For OPENCLAW_BIN. */
  readonly bin: string;
  /** "gateway", "dashboard" or "infer": each waits until then. */
  letGo(command: string): Promise<void>;
}

/** It finds every config valid and takes the key of `.env`; its gateway answers on OPENCLAW_GATEWAY_PORT. */
export async function installStartingOpenClaw(
  folder: string,
  gateway: "starts" | "fails",
): Promise<StartingOpenClaw> {
  const { OPENCLAW_BIN: rehearsed } = installFakeRelease(join(folder, "rehearsed"));
  const bin = await installProgram(
    folder,
    `import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
const [command] = process.argv.slice(2);
// A rehearsal is the only run with a proxy of this address.
if (process.env.HTTPS_PROXY?.includes("127.0.0.1")) await import(${JSON.stringify(rehearsed)});
const letGo = async () => {
  while (!existsSync(join(${JSON.stringify(folder)}, "let-go-" + command))) {
    await new Promise((done) => setTimeout(done, 50));
  }
};
const say = (value) => console.log(JSON.stringify(value));
const config = process.env.OPENCLAW_CONFIG_PATH || join(process.env.HOME, ".openclaw", "openclaw.json");
const model = () => /openai\\/gpt-[\\w.-]+/.exec(readFileSync(config, "utf8"))[0];
if (command === "config") say({ valid: true, warnings: [] });
if (command === "models") {
  const providers = [{ provider: "openai", effective: { kind: "env", detail: "" }, profiles: { labels: [] } }];
  say({ resolvedDefault: model(), auth: { providers, oauth: { profiles: [] } } });
}
if (command === "infer") {
  await letGo();
  const text = "Hello! I am here, and I read you well. What shall we begin with?";
  say({ ok: true, provider: "openai", model: model(), outputs: [{ text }] });
}
if (command === "dashboard") {
  await letGo();
  console.error("Error: The gateway refused the connection.");
  process.exitCode = 1;
}
if (command === "gateway") {
  if (${JSON.stringify(gateway)} === "fails") {
    console.error("Error: Gateway failed to start: another instance already has the lock of this state directory.");
    process.exit(1);
  }
  console.log("loading the plugins");
  await letGo();
  const since = Date.now();
  createServer((_, response) => response.end(JSON.stringify({ ok: true, uptimeMs: Date.now() - since })))
    .listen(Number(process.env.OPENCLAW_GATEWAY_PORT), "127.0.0.1");
}
`,
  );
  return { bin, letGo: (command) => writeFile(join(folder, `let-go-${command}`), "") };
}

/** For OPENCLAW_GATEWAY_PORT. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return String(port);
}
