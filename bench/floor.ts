/** The floor: a bare Next.js of the same version with one static page, built by this run. */

import { spawn } from "node:child_process";
import { cpSync, existsSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import type { RunningProgram } from "./memory";

const FLOOR = ["dist", "bench", "floor"];

/** Builds it anew and returns the folder of its server.js. */
export async function buildFloor(root: string): Promise<string> {
  const dir = join(root, ...FLOOR);
  rmSync(dir, { recursive: true, force: true });
  cpSync(join(root, "bench", "floor"), dir, { recursive: true });
  const next = join(root, "node_modules", "next", "dist", "bin", "next");
  const env = { ...process.env, NODE_ENV: "production" as const, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, [next, "build"], {
    cwd: dir,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const read = (chunk: Buffer) => {
    output += chunk.toString("utf8");
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const code = await new Promise((resolve) => child.once("close", resolve));
  const standalone = join(dir, ".next", "standalone", ...FLOOR);
  if (code !== 0 || !existsSync(join(standalone, "server.js"))) {
    throw new Error(`the bare page could not be built:\n${output}`);
  }
  // Next.js leaves this copy to whoever deploys.
  cpSync(join(dir, ".next", "static"), join(standalone, ".next", "static"), { recursive: true });
  return standalone;
}

export interface FloorServer extends RunningProgram {
  readonly url: string;
  close(): Promise<void>;
}

/** Resolves when it says that it is ready. */
export async function startFloor(folder: string, home: string): Promise<FloorServer> {
  const port = await freePort();
  const env = { PATH: "/usr/bin:/bin", HOME: home, PORT: String(port), HOSTNAME: "127.0.0.1" };
  const child = spawn(process.execPath, ["server.js"], {
    cwd: folder,
    // The cast: Next.js types demand a NODE_ENV, which its own server sets by itself.
    env: env as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (/Ready in/u.test(output)) resolve();
    });
    child.once("exit", (code) => reject(new Error(`the bare page ended with ${code}: ${output}`)));
  });
  return {
    url: `http://127.0.0.1:${port}/`,
    pid: child.pid ?? 0,
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("no free port");
  return address.port;
}
