/** The real launcher in a home of its own, for one test. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OwnGateway, ownGateway, stopOwnGateway } from "@/lib/openclaw/gateway/session";

export interface SetupServer {
  /** With its one-time token. */
  readonly url: string;
  readonly home: string;
  readonly pid: number;
  /** Everything it has printed so far. */
  output(): string;
  /** The status it ended with; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  close(): Promise<void>;
}

export async function makeHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), "openclaw-setup-home-"));
}

/**
 * Starts `npm start`'s own program; `env` comes on top of a bare environment with this home, `args`
 * on top of any free port. `uid`: as another user, who may do less; only the administrator can.
 * `program`: the launcher of an installed package in place of the clone's.
 */
export async function startSetup(
  home: string,
  env: Readonly<Record<string, string>> = {},
  args: readonly string[] = ["--no-open"],
  uid?: number,
  program = "bin/start.mjs",
): Promise<SetupServer> {
  const child = spawn(process.execPath, [program, "--port", "0", ...args], {
    env: { PATH: "/usr/bin:/bin", HOME: home, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ["ignore", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let output = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      const ready = /^OpenClaw Setup is ready: (\S+)$/mu.exec(output)?.[1];
      if (ready) resolve(ready);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
  return {
    url,
    home,
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    close: async () => {
      await end(child);
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

/** The gateway that the program of `home` has started; null if none runs. Its note counts only under the key that lies in `home`, not in the home of these tests. */
export function gatewayOf(home: string): OwnGateway | null {
  const usual = process.env["XDG_STATE_HOME"];
  process.env["XDG_STATE_HOME"] = join(home, ".local", "state");
  try {
    return ownGateway(join(home, ".openclaw"));
  } finally {
    if (usual === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = usual;
  }
}

/** What answers goes on without the page, so a test ends it. */
export async function stopGatewayOf(home: string): Promise<void> {
  const left = gatewayOf(home);
  if (left) await stopOwnGateway(left);
}
