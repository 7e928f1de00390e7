/** A process for tests that names itself as a gateway does and answers as one (2026.9.6). */

import { spawn } from "node:child_process";
import { once } from "node:events";

export interface StandIn {
  readonly port: number;
  readonly pid: number;
  end(): Promise<unknown>;
}

export interface StandInOptions {
  /** What it was started with; its HOME says whose files it serves. */
  readonly env: Readonly<Record<string, string>>;
  /** Null for a program of another name. */
  readonly title?: string | null;
  readonly body?: string;
}

export async function startStandIn({
  env,
  title = "openclaw-gateway",
  body = '{"ok":true,"status":"live"}',
}: StandInOptions): Promise<StandIn> {
  const program = `${title === null ? "" : `process.title = ${JSON.stringify(title)};`}
const server = require("node:http").createServer((_, response) => response.end(${JSON.stringify(body)}));
server.listen(0, "127.0.0.1", () => process.stdout.write(String(server.address().port)));`;
  const child = spawn(process.execPath, ["-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const ended = once(child, "close");
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const end = () => {
    child.kill("SIGKILL");
    return ended;
  };
  return { port: Number(`${line}`), pid: child.pid ?? 0, end };
}
