/** A bounded start of the real gateway: does it answer, where does it listen, does it reply, what does it say. */
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { type Subject, type Turn, takeTurn } from "./judge";
import { endGroup, startOpenClaw } from "./run";

export type GatewayStart =
  | {
      readonly state: "answers";
      readonly ms: number;
      /** It takes connections at an address of this machine that is not loopback. */
      readonly beyondLoopback: boolean;
      /** A turn that was asked of the gateway, not of the command line itself. */
      readonly turn: Turn;
      readonly log: string;
    }
  | { readonly state: "ended"; readonly code: number | null; readonly log: string }
  | { readonly state: "silent"; readonly log: string };

/** `openclaw gateway --port <free>` until it answers over HTTP and has taken a turn, ends by itself, or the time is over. */
export async function startGateway(subject: Subject, limitMs = 120_000): Promise<GatewayStart> {
  const { release, home, server, env, profile } = subject;
  const port = await freePort();
  const args = [...(profile ? ["--profile", profile] : []), "gateway", "--port", String(port)];
  const began = performance.now();
  // Channels, the browser and other sidecars have nothing to do with the credential.
  const quiet = { OPENCLAW_SKIP_CHANNELS: "1", OPENCLAW_SKIP_BROWSER_CONTROL_SERVER: "1" };
  const child = startOpenClaw(release, home, args, {
    env: { ...server.redirect, ...quiet, ...env },
  });
  let log = "";
  const note = (chunk: Buffer) => {
    log = (log + chunk.toString("utf8")).slice(-20_000);
  };
  child.stdout?.on("data", note);
  child.stderr?.on("data", note);
  child.stdin?.end();
  let ended: { readonly code: number | null } | null = null;
  const closed = new Promise<void>((resolve) => {
    child.on("error", () => resolve());
    child.on("close", (code) => {
      ended = { code };
      resolve();
    });
  });
  try {
    while (performance.now() - began < limitMs) {
      const done = ended as { readonly code: number | null } | null;
      if (done) return { state: "ended", code: done.code, log };
      if (await answers("127.0.0.1", port)) {
        const ms = Math.round(performance.now() - began);
        const others = await Promise.all(foreignAddresses().map((host) => answers(host, port)));
        const at = { ...env, OPENCLAW_GATEWAY_PORT: String(port) };
        const turn = await takeTurn({ ...subject, env: at }, "main", [], "gateway");
        return { state: "answers", ms, beyondLoopback: others.includes(true), turn, log };
      }
      await Promise.race([closed, wait(200)]);
    }
    return { state: "silent", log };
  } finally {
    endGroup(child, "SIGKILL");
    await closed;
  }
}

async function answers(host: string, port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://${host}:${port}/`, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.status > 0;
  } catch {
    return false;
  }
}

function foreignAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
