/** Runs the installed OpenClaw once on the planned files, in a private home behind a relay that records requests. */

import { writeFile } from "node:fs/promises";
import path from "node:path";
import { modelRunArgs, modelsStatus } from "@/lib/openclaw/command/commands";
import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { judgeModel } from "@/lib/openclaw/command/models-status";
import { type Runner, type RunResult, runOpenClaw } from "@/lib/openclaw/command/run";
import { hasCodexPlugin } from "@/lib/openclaw/config/codex-plugin";
import type { Environment } from "@/lib/openclaw/places/home";
import { movedTo, variablesIn } from "@/lib/openclaw/program/environment";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { type TellStage, UNWATCHED } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { guardedEnvironment } from "@/lib/setup/verify/rehearsal/guarded-environment";
import { obstacleTo } from "@/lib/setup/verify/rehearsal/obstacle";
import { makePrivateHome, type PrivateHome } from "@/lib/setup/verify/rehearsal/private-home";
import { type Relay, startRelay } from "@/lib/setup/verify/rehearsal/relay";
import { StandIns } from "@/lib/setup/verify/rehearsal/stand-ins";
import { type Rehearsal, verdictOf } from "@/lib/setup/verify/rehearsal/verdict";
import { prepare } from "@/lib/setup/verify/verify";
import { withPrivateFolder } from "@/lib/system/private-folder";
import { readText } from "@/lib/system/read.mjs";
import { visible } from "@/lib/text/visible";

/** Secret. */
export interface ChosenCredential {
  readonly kind: "key" | "login";
  readonly secret: string;
}

/** For each of two commands: two busy cores took at most 90 s, and a small board takes several times that. */
const MOST_MS = 10 * 60_000;

/** After `signal`, `failed` says `cancelled`. Leaves no file or process. */
export async function rehearse(
  plan: Plan,
  chosen: ChosenCredential,
  env: Environment,
  signal: AbortSignal,
  begin: TellStage = UNWATCHED,
): Promise<Rehearsal> {
  const ready = await prepare(env, plan.snapshot.profile);
  if ("kind" in ready) return ready;
  const why = obstacleTo(plan, ready.runner);
  if (why) return { kind: "impossible", why };
  const began = performance.now();
  const relay = await startRelay();
  try {
    return await withPrivateFolder(async (folder) => {
      const standIns = new StandIns();
      const standIn = standIns.of(chosen.secret, { kind: "chosen" });
      const home = await makePrivateHome(plan, env, folder, standIns);
      const stage = await setStage(plan, ready, { home, folder, env, relay, standIns, signal });
      const { failure, missingRuntime } = await perform(plan, stage, begin);
      return verdictOf({
        plan,
        chosen: { kind: chosen.kind, standIn },
        standIns,
        replies: relay.replies,
        refused: [...relay.refused, ...notedIn(stage.noted)],
        failure,
        missingRuntime,
        seconds: Math.round((performance.now() - began) / 1000),
      });
    });
  } finally {
    await relay.close();
  }
}

interface Stage {
  readonly runner: Runner;
  readonly era: ReleaseEra;
  readonly agent: string;
  readonly home: PrivateHome;
  readonly env: Environment;
  readonly noted: string;
  readonly standIns: StandIns;
  readonly signal: AbortSignal;
}

async function setStage(
  plan: Plan,
  { runner, era, agent }: Pick<Stage, "runner" | "era" | "agent">,
  props: {
    readonly home: PrivateHome;
    readonly folder: string;
    readonly env: Environment;
    readonly relay: Relay;
    readonly standIns: StandIns;
    readonly signal: AbortSignal;
  },
): Promise<Stage> {
  const { home, folder, relay, standIns, signal } = props;
  const authority = path.join(folder, "authority.pem");
  await writeFile(authority, relay.authority, { mode: 0o600 });
  const { noted, guarded } = await guardedEnvironment(folder, home.temporary, relay.port);
  const replaced = Object.fromEntries(
    Object.entries(props.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, standIns.replaceIn(value)]],
    ),
  );
  return {
    // The private environment below replaces the profile and directories.
    runner: {
      ...runner,
      location: { profile: null, variables: {} },
      env: replaced,
      referenced: variablesIn(plan.config.value),
    },
    era,
    agent,
    home,
    noted,
    standIns,
    signal,
    env: {
      ...movedTo({
        home: home.homeDir,
        state: home.stateDir,
        config: home.configPath,
        tilde: home.homeDir,
      }),
      ...proxied(relay.proxy),
      CODEX_HOME: home.codexHome ?? undefined,
      NODE_EXTRA_CA_CERTS: authority,
      ...guarded,
    },
  };
}

function proxied(proxy: string): Environment {
  const names = ["https_proxy", "http_proxy", "all_proxy"];
  const all = names.flatMap((name) => [name, name.toUpperCase()]).map((name) => [name, proxy]);
  return { ...Object.fromEntries(all), no_proxy: undefined, NO_PROXY: undefined };
}

interface Performance {
  /** Null after a reply. */
  readonly failure: CommandFailure | null;
  readonly missingRuntime: string | null;
}

async function perform(plan: Plan, stage: Stage, begin: TellStage): Promise<Performance> {
  const { handOver } = plan;
  const ended = (failure: CommandFailure | null) => ({ failure, missingRuntime: null });
  if (handOver?.how.kind === "import") {
    begin("import");
    const given = await run(stage, handOver.how.command, {
      OPENCLAW_CONFIG_PATH: stage.home.importConfig,
    });
    if (given.code !== 0) return ended(failed(given, stage));
  }
  // Only a whole turn shows whether a declined pin was needed.
  const isPinDeclined = plan.repairs.some((one) => one.kind === "runtime-pin" && !one.accepted);
  const has = stage.era.commands.inferModelRun;
  if (has !== "none" && !isPinDeclined) {
    begin("model-run");
    const asked = await run(stage, modelRunArgs(has, "ping", { agent: stage.agent, by: "local" }));
    if (asked.code === 0) {
      begin("runtime");
      return { failure: null, missingRuntime: await missingRuntime(plan, stage) };
    }
    const failure = failed(asked, stage);
    if (failure.code !== "no-such-command") return ended(failure);
  }
  const turn = ["agent", "--local", "--agent", stage.agent, "--message=ping", "--json"];
  begin("turn");
  const answered = await run(stage, turn);
  if (answered.code === 0) return ended(null);
  const failure = failed(answered, stage);
  const isMissing = NO_RUNTIME.test(failure.detail);
  return { failure, missingRuntime: isMissing ? failure.sentence || failure.detail : null };
}

/** Seen on 2026.5.12, 2026.7.1 and 2026.9.6. */
const NO_RUNTIME = /agent (?:harness|runtime)|harness "[^"]*" is not/iu;

/** `infer model run` starts no agent runtime, so `models status` must tell (2026.5.12 and later). */
async function missingRuntime(
  { config }: Plan,
  { runner, env, home, signal, standIns }: Stage,
): Promise<string | null> {
  // The private home lacks the user's plugins, which may provide the runtime.
  if (hasCodexPlugin(config.value)) return null;
  const status = await modelsStatus(runner, {
    signal,
    secrets: standIns.all(),
    env,
    cwd: home.cwd,
    timeoutMs: MOST_MS,
  });
  if (!status.ok) return null;
  const verdict = judgeModel(status.value);
  const isMissing = verdict.state === "unusable" && verdict.because === "route-unavailable";
  return isMissing ? verdict.detail : null;
}

function run(stage: Stage, args: readonly string[], more: Environment = {}): Promise<RunResult> {
  return runOpenClaw(stage.runner, args, {
    timeoutMs: MOST_MS,
    signal: stage.signal,
    cwd: stage.home.cwd,
    env: { ...stage.env, ...more },
  });
}

function failed(result: RunResult, { standIns }: Stage): CommandFailure {
  return failureOf(result, standIns.all());
}

function notedIn(file: string): string[] {
  return [...new Set((readText(file) ?? "").split("\n").filter(Boolean).map(visible))];
}
