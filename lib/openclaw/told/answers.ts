/** Asks an untested release for its schema and help, and runs two trials, in some ten seconds in the background. */

import { failureOf } from "@/lib/openclaw/command/failure";
import type { Runner, RunResult } from "@/lib/openclaw/command/run";
import { type AskInPrivate, privateAsking, type Unread } from "@/lib/openclaw/told/private-asking";
import { type ToldSchema, toldSchema } from "@/lib/openclaw/told/schema";
import {
  type KeyStore,
  type ProfilesJson,
  tryKeyStore,
  tryProfilesJson,
} from "@/lib/openclaw/told/trials";
import { err, ok, type Result } from "@/lib/result";
import { type Job, startJob } from "@/lib/system/job";

export interface ToldAnswers {
  readonly schema: Result<ToldSchema, Unread>;
  readonly keyStore: Result<KeyStore, Unread>;
  readonly profilesJson: Result<ProfilesJson, Unread>;
  /** The options in the help of `config validate`, `infer model run` and `models auth login`. */
  readonly validate: Result<readonly string[], Unread>;
  readonly modelRun: Result<readonly string[], Unread>;
  readonly signIn: Result<readonly string[], Unread>;
}

const VALIDATE = ["config", "validate"];
const MODEL_RUN = ["infer", "model", "run"];
const SIGN_IN = ["models", "auth", "login"];

const kept = new Map<string, Job<ToldAnswers>>();

interface Asked extends Pick<Runner, "installed" | "node" | "env"> {
  readonly packageDir: string;
  readonly version: string;
}

/** Shared and cached, unless cancelled. */
export function askInstallation({ packageDir, version, ...runner }: Asked): Job<ToldAnswers> {
  const name = nameOf(packageDir, version);
  const known = kept.get(name);
  if (known && !known.cancelled) return known;
  const job = startJob((signal) => answersOf(privateAsking(runner, signal)));
  kept.set(name, job);
  return job;
}

export function answersSoFar(packageDir: string, version: string): Job<ToldAnswers> | null {
  return kept.get(nameOf(packageDir, version)) ?? null;
}

function nameOf(packageDir: string, version: string): string {
  return `${version}\0${packageDir}`;
}

/** Two at a time, to keep a small machine usable. */
async function answersOf(ask: AskInPrivate): Promise<ToldAnswers> {
  const trials = async () => {
    const keyStore = await tryKeyStore(ask);
    // A release reads the file that it writes itself.
    const isFile = keyStore.ok && keyStore.value === "profiles-json";
    const profilesJson = isFile ? ok("used" as const) : await tryProfilesJson(ask);
    return { keyStore, profilesJson };
  };
  const words = async () => ({
    schema: await askSchema(ask),
    modelRun: await askOptions(ask, MODEL_RUN),
    validate: await askOptions(ask, VALIDATE),
    signIn: await askOptions(ask, SIGN_IN),
  });
  const [tried, said] = await Promise.all([trials(), words()]);
  return { ...tried, ...said };
}

function askSchema(ask: AskInPrivate): Promise<Result<ToldSchema, Unread>> {
  return ask(async ({ run }) => {
    const answer = await run(["config", "schema"]);
    if (answer.code !== 0) return err(unread(answer));
    const start = answer.stdout.indexOf("{");
    let schema: ToldSchema | null = null;
    try {
      schema = toldSchema(JSON.parse(answer.stdout.slice(Math.max(0, start))));
    } catch {
      // Invalid JSON counts as `odd`.
    }
    return schema ? ok(schema) : err("odd");
  });
}

/** Options in the command's own usage; another usage means that the command is missing. */
function askOptions(
  ask: AskInPrivate,
  command: readonly string[],
): Promise<Result<readonly string[], Unread>> {
  return ask(async ({ run }) => {
    const answer = await run([...command, "--help"]);
    if (answer.code !== 0) return err(unread(answer));
    if (!answer.stdout.includes(`openclaw ${command.join(" ")} `)) return err("no-such-command");
    return ok([...answer.stdout.matchAll(/^ +(?:-\w, )?(?<name>--[a-z][a-z-]*)/gmu)].map(optionOf));
  });
}

function optionOf(match: RegExpExecArray): string {
  return match.groups?.["name"] ?? "";
}

function unread(answer: RunResult): Unread {
  return failureOf(answer, []).code;
}
