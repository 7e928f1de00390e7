/** Runs the release's `doctor --fix` on a private, isolated copy of a refused config, and validates its changes. */

import { symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import type { ConfigIssue } from "@/lib/openclaw/command/commands";
import { unwrittenFor } from "@/lib/openclaw/command/doctor-words";
import { type CommandFailure, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import type { Environment } from "@/lib/openclaw/places/home";
import { movedTo, variablesIn } from "@/lib/openclaw/program/environment";
import { err, ok, type Result } from "@/lib/result";
import { doctorChanges } from "@/lib/setup/repairs/doctor/doctor-changes";
import type { DoctorRepair } from "@/lib/setup/snapshot";
import { type TellStage, UNWATCHED } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { disguiseFor } from "@/lib/setup/verify/doctor/private-config";
import { copyOfValue, validateCopy, variablesFor } from "@/lib/setup/verify/private-copy";
import { guardedEnvironment } from "@/lib/setup/verify/rehearsal/guarded-environment";
import { type Obstacle, obstacleTo } from "@/lib/setup/verify/rehearsal/obstacle";
import { type Absence, prepare } from "@/lib/setup/verify/verify";
import { privateDirectory, withPrivateFolder } from "@/lib/system/private-folder";
import { readText } from "@/lib/system/read.mjs";
import { readJson5 } from "@/lib/text/json5/parse";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";
import { applyEdit, sameJson, valueAt } from "@/lib/text/json5/value";

export type DoctorAnswer =
  | Absence
  | { readonly kind: "impossible"; readonly why: Obstacle }
  | { readonly kind: "failed"; readonly failure: CommandFailure }
  | {
      readonly kind: "looked";
      /** With them the release refuses less; empty if doctor does not help. */
      readonly repairs: readonly DoctorRepair[];
      readonly left: readonly ConfigIssue[];
      readonly seconds: number;
    };

/** Generous: two busy cores took 90 s, and a small board takes several times that. */
const MOST_MS = 10 * 60_000;
/** One repair may reveal another issue. */
const MOST_ROUNDS = 3;

/** `issues` are those of `plan`. After `signal`, `failed` says `cancelled`. Leaves no file or process. */
export async function askDoctor(
  plan: Plan,
  issues: readonly ConfigIssue[],
  env: Environment,
  signal: AbortSignal,
  begin: TellStage = UNWATCHED,
): Promise<DoctorAnswer> {
  const ready = await prepare(env, plan.snapshot.profile);
  if ("kind" in ready) return ready;
  const why = obstacleTo(plan, ready.runner);
  if (why) return { kind: "impossible", why };
  const began = performance.now();
  begin("doctor");
  const doctored = await doctoredConfig(plan, ready.runner, signal);
  if (!doctored.ok) return { kind: "failed", failure: doctored.error };
  begin("doctor-validate");
  const found = await validated(plan, doctored.value, issues, { runner: ready.runner, signal });
  if (!found.ok) return { kind: "failed", failure: found.error };
  return {
    kind: "looked",
    ...found.value,
    seconds: Math.round((performance.now() - began) / 1000),
  };
}

/** Asks doctor again without values that keep it from writing. */
async function doctoredConfig(
  plan: Plan,
  runner: Runner,
  signal: AbortSignal,
): Promise<Result<Json, CommandFailure>> {
  const { value } = plan.config;
  const first = await runDoctor(plan, value, { runner, signal });
  if (!first.ok) return first;
  const { after, unwritten } = first.value;
  const stuck = unwritten.filter((path) => valueAt(value, path) !== undefined);
  if (stuck.length === 0 || !sameJson(after, value)) return ok(after);
  const second = await runDoctor(plan, edited(value, stuck.map(removed)), { runner, signal });
  if (!second.ok) return second;
  const back = stuck.map(
    (path): ConfigEdit => ({ op: "set", path, value: valueAt(value, path) ?? null }),
  );
  return ok(edited(second.value.after, back));
}

function removed(path: ConfigPath): ConfigEdit {
  return { op: "remove", path };
}

function edited(config: Json, edits: readonly ConfigEdit[]): Json {
  return edits.reduce<Json>((now, edit) => applyEdit(now, edit) ?? now, config);
}

async function runDoctor(
  plan: Plan,
  value: Json,
  { runner, signal }: Judge,
): Promise<
  Result<{ readonly after: Json; readonly unwritten: readonly ConfigPath[] }, CommandFailure>
> {
  return withPrivateFolder(async (folder) => {
    const { put, lift } = disguiseFor(folder, plan.newSecrets);
    const config = path.join(await privateDirectory(folder, "config"), "openclaw.json");
    const given = put(value);
    await writeFile(config, JSON.stringify(given, null, 2), { mode: 0o600 });
    const env = await privateEnvironment(plan, runner, folder, config);
    const run = await runOpenClaw(
      {
        ...runner,
        location: { profile: null, variables: {} },
        referenced: variablesIn(plan.config.value),
      },
      ["doctor", "--fix", "--non-interactive"],
      { timeoutMs: MOST_MS, signal, cwd: await privateDirectory(folder, "cwd"), env },
    );
    const after = readJson5(readText(config) ?? "");
    if (run.aborted || run.timedOut || run.startError || !after.ok) {
      return err(failureOf(run, plan.secrets));
    }
    return ok({ after: lift(after.value.value), unwritten: unwrittenFor(run.stdout) });
  });
}

/** Hides other programs, the session bus and the network, and uses a private home. */
async function privateEnvironment(
  plan: Plan,
  runner: Runner,
  folder: string,
  config: string,
): Promise<Environment> {
  const home = await privateDirectory(folder, "home");
  const programs = await privateDirectory(folder, "bin");
  const node = runner.node?.path ?? process.execPath;
  await symlink(node, path.join(programs, path.basename(node)));
  const { guarded } = await guardedEnvironment(folder, await privateDirectory(folder, "tmp"), 0);
  const { put } = disguiseFor(folder, plan.newSecrets);
  const named = variablesIn(plan.config.value);
  const own = Object.entries({ ...runner.env, ...variablesFor(plan, named) });
  const variables = own.filter(([name, value]) => named.has(name) && value !== undefined);
  return {
    ...Object.fromEntries(variables.map(([name, value]) => [name, String(put(value ?? ""))])),
    ...movedTo({ home, state: await privateDirectory(folder, "state"), config, tilde: home }),
    ...guarded,
    PATH: programs,
    DBUS_SESSION_BUS_ADDRESS: undefined,
    XDG_RUNTIME_DIR: undefined,
    CODEX_HOME: undefined,
    // Makes 2026.9.6 leave the gateway's service alone.
    OPENCLAW_SERVICE_REPAIR_POLICY: "external",
    // These would make even the copy read-only.
    OPENCLAW_CONFIG_READONLY: undefined,
    OPENCLAW_NIX_MODE: undefined,
  };
}

interface Judge {
  readonly runner: Runner;
  readonly signal: AbortSignal;
}

async function validated(
  plan: Plan,
  doctored: Json,
  issues: readonly ConfigIssue[],
  { runner, signal }: Judge,
): Promise<
  Result<{ repairs: readonly DoctorRepair[]; left: readonly ConfigIssue[] }, CommandFailure>
> {
  const { value } = plan.config;
  let told = issues;
  let best = { repairs: [] as readonly DoctorRepair[], left: issues };
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const repairs = doctorChanges(value, doctored, told);
    if (repairs.length === 0) break;
    const mended = edited(
      value,
      repairs.flatMap(({ edits }) => edits),
    );
    const checked = await validateCopy(plan, copyOfValue(plan, mended), runner, signal);
    if (!checked.ok) return checked;
    if (checked.value.length < best.left.length) best = { repairs, left: checked.value };
    const fresh = checked.value.filter((one) => !told.some((known) => isSame(known, one)));
    if (fresh.length === 0) break;
    told = [...told, ...fresh];
  }
  return ok(best);
}

function isSame(a: ConfigIssue, b: ConfigIssue): boolean {
  return a.path === b.path && a.message === b.message;
}
