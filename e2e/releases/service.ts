/**
 * A gateway kept by systemd for a user, on a real release: installed, asked, restarted with another key, ended by
 * force, taken back. It works in the account's own home, so `user-service.mjs` gives it one that is empty.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { probeGateway } from "@/lib/openclaw/gateway/probe";
import { gatewayProcess } from "@/lib/openclaw/gateway/process";
import { hasServiceManager } from "@/lib/openclaw/gateway/service-commands";
import { newLaunch, runLaunch } from "@/lib/setup/launch/launch";
import { endMade, resumeBefore } from "@/lib/setup/launch/take-back";
import type { Launch, LaunchContext } from "@/lib/setup/launch/types";
import { requestReply } from "@/lib/setup/verify/reply";
import { undoWrite } from "@/lib/setup/write/write";
import { installRelease } from "./install";
import type { Subject } from "./judge";
import { startModelServer } from "./model-server";
import { homeAt } from "./run";
import { choicesFor, KEY, pageEnvironment, writeAsPage } from "./setup";
import { judge } from "./verdict";

const OLD_KEY = "sk-proj-before00aaaa1bbbb2cccc3dddd4eeee5fffff";
const PORT = 18789;
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Throws what went wrong. */
export async function main([version = "2026.9.6"]: readonly string[]): Promise<void> {
  const home = homeAt(homedir());
  judge(!existsSync(home.stateDir), `${home.stateDir} is there already`);
  const [release, server] = [await installRelease(version), await startModelServer()];
  const passed = ["XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS", "USER"];
  const manager = Object.fromEntries(passed.map((name) => [name, process.env[name] ?? ""]));
  const quiet = { OPENCLAW_SKIP_CHANNELS: "1", OPENCLAW_NO_AUTO_UPDATE: "1" };
  const env = { ...manager, ...quiet, OPENAI_BASE_URL: server.apiBase };
  const subject: Subject = { release, home, server, env };
  const { signal } = new AbortController();
  const secrets = [KEY, OLD_KEY];
  const context = { env: pageEnvironment(subject), profile: null, secrets, signal };
  try {
    await managed(context, home.stateDir);
    // A service has none of the variables that this program was started with.
    await home.write(".openclaw/.env", `OPENAI_BASE_URL=${server.apiBase}\n`);
    const first = await writeAsPage(subject, (snapshot) =>
      choicesFor(snapshot, { apiKey: OLD_KEY }),
    );
    const installed = await launched(context, "install");
    const said = await answered(subject, context, OLD_KEY);
    const before = await gatewayProcess(PORT, home.stateDir);
    say(`installed as ${before?.unit}, "${said}" through it`);
    tellUnits(home.dir);
    const second = await writeAsPage(subject);
    const restarted = await launched(context, "restart");
    await answered(subject, context, KEY);
    const after = await gatewayProcess(PORT, home.stateDir);
    judge(after?.pid !== before?.pid, "the process is the same");
    say("restarted with another key, which is asked with");
    process.kill(after?.pid ?? 0, "SIGKILL");
    await ready();
    await answered(subject, context, KEY);
    say("ended by force, systemd starts it again, and it answers");
    judge((await undoWrite(second.written)).ok, "the undo was refused");
    const resumed = restarted.made && (await resumeBefore(restarted.made, context));
    judge(resumed === "runs-again", `it is ${resumed}`);
    await answered(subject, context, OLD_KEY);
    say("undone: it runs again, with the key from before");
    judge(installed.made !== null && (await endMade(installed.made, context)), "not taken back");
    judge((await undoWrite(first.written)).ok, "the undo was refused");
    judge(!(await probeGateway(PORT)).isRunning, "it still runs");
    const left = units(home.dir);
    // OpenClaw's own copy of the unit that its second installation replaced (2026.7.1).
    judge(!left.some((name) => name.endsWith(".service")), `left: ${left}`);
    say(`taken back: nothing runs; left: ${left.join(", ") || "nothing"}`);
  } finally {
    await server.close();
  }
}

async function launched(context: LaunchContext, by: string): Promise<Launch> {
  const launch = newLaunch();
  const began = Date.now();
  await runLaunch(launch, context);
  judge(launch.isReady, JSON.stringify(launch.steps).slice(-900));
  judge(launch.steps[0]?.name === by, `by ${launch.steps[0]?.name}`);
  say(`${by}: ready after ${Math.round((Date.now() - began) / 1000)} s`);
  return launch;
}

async function answered(
  { server }: Subject,
  { env, secrets, signal }: LaunchContext,
  key: string,
): Promise<string> {
  server.forget();
  const reply = await requestReply(env, null, secrets, signal, null, { extent: "words" });
  if (reply.kind !== "replied") return judge(false, JSON.stringify(reply).slice(0, 900));
  judge(reply.by === "gateway", `answered by ${reply.by}`);
  const bearers = [...new Set(server.turns().map(({ bearer }) => bearer))];
  judge(`${bearers}` === key, `asked with ${bearers}`);
  return reply.text;
}

/** On a busy machine systemd takes its time to answer at first. */
async function managed({ env }: LaunchContext, stateDir: string): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await wait(1_000)) {
    if (await hasServiceManager(env, stateDir)) return;
  }
  judge(false, "no manager of services answers");
}

async function ready(): Promise<void> {
  for (const end = Date.now() + 240_000; Date.now() < end; await wait(1_000)) {
    if ((await probeGateway(PORT)).isReady) return;
  }
  judge(false, "it did not come back");
}

const folderOf = (home: string) => path.join(home, ".config/systemd/user");

function units(home: string): readonly string[] {
  const folder = folderOf(home);
  return existsSync(folder) ? readdirSync(folder).filter((name) => /openclaw/u.test(name)) : [];
}

/** What it is started with and whether it comes back; of the variables their names alone. */
function tellUnits(home: string): void {
  for (const name of units(home).filter((one) => one.endsWith(".service"))) {
    const text = readFileSync(path.join(folderOf(home), name), "utf8");
    for (const [line] of text.matchAll(/^(?:Restart|WantedBy|Environment(?:File)?)\S*=.*$/gmu)) {
      say(`  ${line.replace(/^(Environment="?\w+=).*$/u, "$1…")}`);
    }
  }
}
