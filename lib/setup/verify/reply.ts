/** A real reply through OpenClaw, where the person asks for one: by the gateway that runs, or beside it. */

import { agentTurn, modelRun, modelRunArgs } from "@/lib/openclaw/command/commands";
import type { TurnFailure } from "@/lib/openclaw/command/failure";
import type { TurnReply } from "@/lib/openclaw/command/turn";
import type { Environment } from "@/lib/openclaw/places/home";
import { type GatewayState, gatewayState } from "@/lib/setup/machine/gateway";
import type { Credential } from "@/lib/setup/verify/credential-in-use";
import { type Chosen, type Difference, differencesOf } from "@/lib/setup/verify/reply-differences";
import { type Absence, prepare, type Ready, whereOlder } from "@/lib/setup/verify/verify";

/** Who answered: the gateway that runs, or a process of its own for this one message. */
export type AskedBy = "gateway" | "local";

/** A few words to the model alone, or a whole turn of the agent with all that it is told beforehand. */
export type ReplyExtent = "words" | "turn";

export type Reply =
  | Absence
  | { readonly kind: "failed"; readonly failure: TurnFailure; readonly by: AskedBy }
  /** The config leads to another machine's gateway, which has a key of its own. */
  | { readonly kind: "remote"; readonly host: string | null }
  | {
      readonly kind: "replied";
      readonly text: string;
      readonly model: string;
      readonly milliseconds: number;
      /** Null where the release does not say which, as with one of several that are stored. */
      readonly credential: Credential | null;
      readonly by: AskedBy;
      /** The gateway has run since before the write: what was written may not have answered. */
      readonly isOlder: boolean;
      /** In what it is not as chosen; empty where nothing known speaks against it. */
      readonly differences: readonly Difference[];
    };

const MESSAGE = "Reply with one short sentence: does this connection work?";

/** One message: a paid request, made only when the person asks for it. `chosen`: what it is compared with. */
export async function requestReply(
  env: Environment,
  profile: string | null,
  secrets: readonly string[],
  signal: AbortSignal,
  chosen: Chosen | null = null,
  extent: ReplyExtent = "turn",
): Promise<Reply> {
  const ready = await prepare(env, profile);
  if ("kind" in ready) return ready;
  const gateway = await gatewayState({ ...ready, env }, signal);
  if (gateway.kind === "remote") return gateway;
  const { runner, agent } = ready;
  const has = ready.era.commands.inferModelRun;
  const ask = async (by: AskedBy) => {
    if (extent === "words" && has !== "none") {
      const args = modelRunArgs(has, MESSAGE, { agent, by });
      const run = await modelRun(runner, args, { signal, secrets });
      if (run.ok || run.error.code !== "no-such-command") return run;
    }
    return agentTurn(runner, MESSAGE, { signal, secrets, agent, by });
  };
  let by: AskedBy = gateway.isRunning ? "gateway" : "local";
  let turn = await ask(by);
  // It runs at a port that is told to it alone.
  if (by === "local" && !turn.ok && turn.error.code === "gateway-running") {
    by = "gateway";
    turn = await ask(by);
  }
  if (!turn.ok) {
    const failure = whereOlder(whereShutOff(turn.error, ready.shutOff), ready.isOlder);
    return { kind: "failed", failure, by };
  }
  if (turn.value.besideGateway) by = "local";
  return judged(turn.value, by, gateway, ready, chosen);
}

function judged(
  turn: TurnReply,
  by: AskedBy,
  gateway: Extract<GatewayState, { kind: "here" }>,
  { circumstances, serviceKeyFile }: Ready,
  chosen: Chosen | null,
): Reply {
  const { text, model, ms: milliseconds, requested, refused } = turn;
  const credential = credentialIn(turn);
  const otherSource = by === "gateway" ? serviceKeyFile : circumstances.otherSource;
  const answer = { model, requested, refused, credential, host: null };
  const differences = chosen
    ? differencesOf(chosen, answer, { ...circumstances, otherSource })
    : [];
  const since = gateway.startedAt ?? 0;
  const isOlder = by === "gateway" && chosen !== null && since < chosen.writtenAt;
  return { kind: "replied", text, model, milliseconds, credential, by, isOlder, differences };
}

/** What the turn says of its credential; null where it could be one of several (2026.9.6). */
function credentialIn({ credential }: TurnReply): Credential | null {
  if (credential?.kind !== "direct") return null;
  if (credential.evidence === "environment") return { kind: "key-variable", key: "" };
  return credential.evidence === "provider-config" ? { kind: "key-config", key: "" } : null;
}

/** A model that nobody knows because the config shuts its provider off is no wrong model. */
function whereShutOff(failure: TurnFailure, places: readonly string[]): TurnFailure {
  const isUnknown = failure.code === "unknown-model" || failure.code === "model-unavailable";
  if (!isUnknown || places.length === 0) return failure;
  return { ...failure, code: "provider-off", detail: `${places.join("\n")}\n${failure.detail}` };
}
