/** Requests a real reply through OpenClaw when the user asks for one. */

import { agentTurn, modelRun, modelRunArgs } from "@/lib/openclaw/command/commands";
import type { TurnFailure } from "@/lib/openclaw/command/failure";
import type { TurnReply } from "@/lib/openclaw/command/turn";
import type { Environment } from "@/lib/openclaw/places/home";
import { answersHere, type GatewayState, gatewayState } from "@/lib/setup/machine/gateway";
import { type TellStage, UNWATCHED } from "@/lib/setup/stage";
import type { Credential } from "@/lib/setup/verify/credential-in-use";
import { type Chosen, type Difference, differencesOf } from "@/lib/setup/verify/reply-differences";
import { type Absence, prepare, type Ready, whereOlder } from "@/lib/setup/verify/verify";

export type AskedBy = "gateway" | "local";

/** A short message to the model, or a whole agent turn with its instructions. */
export type ReplyExtent = "words" | "turn";

export type Reply =
  | Absence
  | { readonly kind: "failed"; readonly failure: TurnFailure; readonly by: AskedBy }
  /** The config uses a gateway on another machine, with its own key. */
  | { readonly kind: "remote"; readonly host: string | null }
  | {
      readonly kind: "replied";
      readonly text: string;
      readonly model: string;
      readonly milliseconds: number;
      /** Null if the release does not say which of several it used. */
      readonly credential: Credential | null;
      readonly by: AskedBy;
      /** Why the gateway, asked first, did not answer; "" if that is unknown. */
      readonly gatewaySaid: string | null;
      /** The gateway has run since before the write, so it may use old settings. */
      readonly isOlder: boolean;
      readonly differences: readonly Difference[];
    };

const MESSAGE = "Reply with one short sentence: does this connection work?";

export interface AskHow {
  readonly extent?: ReplyExtent;
  readonly begin?: TellStage;
}

/** Sends one paid request. `chosen` is compared with the answer. */
export async function requestReply(
  env: Environment,
  profile: string | null,
  secrets: readonly string[],
  signal: AbortSignal,
  chosen: Chosen | null = null,
  { extent = "turn", begin = UNWATCHED }: AskHow = {},
): Promise<Reply> {
  begin("look");
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
  // A gateway of other files answers with their credential.
  let by: AskedBy = answersHere(gateway) ? "gateway" : "local";
  begin("ask");
  let turn = await ask(by);
  // The gateway listens on a port known only from its command line.
  if (by === "local" && !turn.ok && turn.error.code === "gateway-running") {
    by = "gateway";
    turn = await ask(by);
  }
  if (!turn.ok) {
    const failure = whereOlder(whereShutOff(turn.error, ready.shutOff), ready.isOlder);
    return { kind: "failed", failure, by };
  }
  if (turn.value.besideGateway !== null) by = "local";
  return judged(turn.value, by, gateway, ready, chosen);
}

function judged(
  turn: TurnReply,
  by: AskedBy,
  gateway: Extract<GatewayState, { kind: "here" }>,
  { circumstances, serviceKeyFile }: Ready,
  chosen: Chosen | null,
): Reply {
  const { text, model, ms: milliseconds, requested, refused, besideGateway: gatewaySaid } = turn;
  const credential = credentialIn(turn);
  const otherSource = by === "gateway" ? serviceKeyFile : circumstances.otherSource;
  const answer = { model, requested, refused, credential, host: null };
  const differences = chosen
    ? differencesOf(chosen, answer, { ...circumstances, otherSource })
    : [];
  const since = gateway.startedAt ?? 0;
  const isOlder = by === "gateway" && chosen !== null && since < chosen.writtenAt;
  const said = { text, model, milliseconds, credential, by, gatewaySaid };
  return { kind: "replied", ...said, isOlder, differences };
}

/** Null if several credentials are possible (2026.9.6). */
function credentialIn({ credential }: TurnReply): Credential | null {
  if (credential?.kind !== "direct") return null;
  if (credential.evidence === "environment") return { kind: "key-variable", key: "" };
  return credential.evidence === "provider-config" ? { kind: "key-config", key: "" } : null;
}

/** A disabled provider explains an unknown model. */
function whereShutOff(failure: TurnFailure, places: readonly string[]): TurnFailure {
  const isUnknown = failure.code === "unknown-model" || failure.code === "model-unavailable";
  if (!isUnknown || places.length === 0) return failure;
  return { ...failure, code: "provider-off", detail: `${places.join("\n")}\n${failure.detail}` };
}
