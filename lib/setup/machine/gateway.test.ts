import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { startStandIn } from "@/lib/openclaw/gateway/testing/stand-in";
import { launchWay } from "@/lib/setup/launch/way";
import { answersHere, gatewayState } from "@/lib/setup/machine/gateway";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Says at `/healthz` what a gateway says (2026.9.6). */
async function answering(title: string | null, home: string): Promise<number> {
  const { port, end } = await startStandIn({ env: { HOME: home }, title });
  cleanups.push(end);
  return port;
}

function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), "home-"));
  cleanups.push(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

async function seenFrom(home: string, port: number) {
  const location = { dotenvFiles: [], stateDir: join(home, ".openclaw"), profile: null };
  const env = { HOME: home, OPENCLAW_GATEWAY_PORT: `${port}` };
  const gateway = await gatewayState({ location, config: {}, env });
  return { gateway, way: gateway.kind === "here" ? launchWay(gateway, false) : null };
}

describe.runIf(process.platform === "linux")("what answers as a gateway does", () => {
  it("is none if another program says so: it is neither asked nor ended", async () => {
    const home = makeHome();
    const port = await answering(null, home);
    const { gateway, way } = await seenFrom(home, port);
    expect(gateway).toMatchObject({ kind: "here", isRunning: false, isReady: false });
    expect(answersHere(gateway)).toBe(false);
    expect(way).toEqual({ kind: "blocked", why: "port-in-use" });
  });

  it("is replaced if it was started for these files, and left alone if for another home", async () => {
    const [home, other] = [makeHome(), makeHome()];
    const port = await answering("openclaw-gateway", home);
    const own = await seenFrom(home, port);
    expect([answersHere(own.gateway), own.way?.kind]).toEqual([true, "replace"]);
    const foreign = await seenFrom(other, port);
    expect(answersHere(foreign.gateway)).toBe(false);
    expect(foreign.way).toEqual({ kind: "blocked", why: "other-files" });
  });
});
