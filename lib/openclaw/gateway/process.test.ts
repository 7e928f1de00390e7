import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { gatewayProcess, otherGateways } from "@/lib/openclaw/gateway/process";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const LISTENS =
  'const s=require("node:net").createServer();' +
  's.listen(0,"127.0.0.1",()=>console.log(s.address().port));';
const NAMED = 'process.title="openclaw-gateway";';

/** Named as a gateway names itself, with a database open below the directory, on a free port. */
function startLikeGateway(stateDir: string) {
  const opens = 'require("node:fs").openSync(process.argv[1], "w");';
  return start(`${NAMED}${opens}${LISTENS}`, [join(stateDir, "state/openclaw.sqlite")]);
}

async function start(program: string, args: readonly string[] = [], env = process.env) {
  const child = spawn(process.execPath, ["-e", program, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
    env,
  });
  cleanups.push(() => child.kill("SIGKILL") && once(child, "close"));
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  return { pid: child.pid ?? 0, port: Number(`${line}`) };
}

function stateDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), "state-"));
  cleanups.push(() => rmSync(dir, { recursive: true, force: true }));
  mkdirSync(join(dir, "state"));
  return dir;
}

describe.runIf(process.platform === "linux")("the process of a gateway", () => {
  it("is told by its port, with whose files it has open and since when it runs", async () => {
    const [ours, theirs] = [stateDirectory(), stateDirectory()];
    const { pid, port } = await startLikeGateway(ours);
    const found = await gatewayProcess(port, ours);
    expect(found).toMatchObject({ pid, isOwn: true, isOpenClaw: true, isOfTheseFiles: true });
    // The kernel counts in hundredths of a second, and the boot in whole ones.
    expect(Math.abs(Date.now() - (found?.startedAt ?? 0))).toBeLessThan(30_000);
    expect(await gatewayProcess(port, theirs)).toMatchObject({ pid, isOfTheseFiles: false });
  });

  it.each<[string, (home: string) => Record<string, string>, false | null]>([
    ["its home", (home) => ({ HOME: home }), null],
    ["another home", () => ({ HOME: "/home/nobody-here" }), false],
    [
      "its directory by a variable",
      (home) => ({ HOME: "/home/nobody-here", OPENCLAW_STATE_DIR: join(home, ".openclaw") }),
      null,
    ],
    ["a home whose profile it may be", (home) => ({ OPENCLAW_HOME: home, HOME: "/root" }), null],
  ])("without an open database is told by %s", async (_, variables, expected) => {
    const home = stateDirectory();
    const { pid, port } = await start(`${NAMED}${LISTENS}`, [], {
      ...process.env,
      ...variables(home),
    });
    const found = await gatewayProcess(port, join(home, ".openclaw"));
    expect(found).toMatchObject({ pid, isOpenClaw: true, isOfTheseFiles: expected });
  });

  it("is no program of another name", async () => {
    const { pid, port } = await start(LISTENS);
    expect(await gatewayProcess(port, tmpdir())).toMatchObject({ pid, isOpenClaw: false });
  });

  it("is found by its name too, beside the one in view", async () => {
    const dir = stateDirectory();
    const { pid } = await startLikeGateway(dir);
    const mine = (except: number | null) =>
      otherGateways(except, dir).filter((one) => one.pid === pid);
    expect(mine(null)).toMatchObject([{ pid, isOwn: true, isOfTheseFiles: true }]);
    expect(mine(pid)).toEqual([]);
  });

  it("is nobody where nobody listens", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    await new Promise((done) => server.close(done));
    expect(await gatewayProcess(port, tmpdir())).toBe(null);
  });
});
