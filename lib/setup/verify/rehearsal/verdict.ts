/** What a rehearsal showed: what was seen at the relay against what the person has chosen. */

import type { CommandFailure } from "@/lib/openclaw/command/failure";
import { modelOf } from "@/lib/setup/model-ref";
import type { Plan, Repair, RepairKind } from "@/lib/setup/types";
import { CHATGPT_HOST, type Sighting } from "@/lib/setup/verify/rehearsal/relay";
import type { Origin, StandIns } from "@/lib/setup/verify/rehearsal/stand-ins";
import type { Absence } from "@/lib/setup/verify/verify";

export type Rehearsal =
  | Absence
  /** The private home would not be like the person's. */
  | { readonly kind: "impossible"; readonly why: "secrets-elsewhere" | "own-program" }
  /** The chosen credential went to OpenAI's host for the chosen model. */
  | {
      readonly kind: "rehearsed";
      readonly credential: "key" | "login";
      readonly host: string;
      readonly path: string;
      readonly model: string;
      readonly seconds: number;
    }
  /** `origins`: where that one stands; empty where nobody knows. */
  | {
      readonly kind: "other-credential";
      readonly origins: readonly Origin[];
      readonly host: string;
    }
  /** `host:port` outside OpenAI, or a host of OpenAI's that does not take this credential. */
  | { readonly kind: "other-host"; readonly host: string }
  | { readonly kind: "other-model"; readonly model: string; readonly chosen: string }
  | { readonly kind: "unknown-model"; readonly model: string; readonly detail: string }
  /** The model would be asked for, and no turn of an agent: what runs one is missing. OpenClaw's words. */
  | { readonly kind: "no-runtime"; readonly detail: string }
  /** OpenClaw ended without asking for a reply; its own words are in it. */
  | { readonly kind: "failed"; readonly failure: CommandFailure };

/** The repairs that answer each verdict. */
const ANSWERS: Partial<Record<Rehearsal["kind"], readonly RepairKind[]>> = {
  "other-credential": [
    "second-key-env-vars",
    "second-key-env-flat",
    "second-key-dotenv",
    "second-key-provider",
    "provider-reference",
    "second-key-profile",
    "stored-key",
    "agent-key",
    "agent-login",
    "overlooked-store",
    "retired-store",
  ],
  "other-host": [
    "other-address",
    "led-address",
    "checked-address",
    "login-address",
    "login-variable",
    "other-api",
  ],
  "other-model": ["agent-model", "default-agent-model", "other-model"],
  "unknown-model": ["retired-model"],
  "no-runtime": ["runtime-pin"],
};

/** Whether writing would set up something else than what was chosen. */
export function speaksAgainst(rehearsal: Rehearsal | null): boolean {
  return rehearsal !== null && rehearsal.kind in ANSWERS;
}

/** The repairs the person declined that would answer it, in the order of the plan. */
export function repairsFor(rehearsal: Rehearsal, plan: Plan): readonly Repair[] {
  const kinds = ANSWERS[rehearsal.kind] ?? [];
  return plan.repairs.filter(
    ({ kind, accepted, blocked }) => !accepted && blocked === null && kinds.includes(kind),
  );
}

interface Seen {
  readonly plan: Plan;
  readonly chosen: { readonly kind: "key" | "login"; readonly standIn: string };
  readonly standIns: StandIns;
  readonly replies: readonly Sighting[];
  /** `host:port`. */
  readonly refused: readonly string[];
  /** Null: the command ended well. */
  readonly failure: CommandFailure | null;
  /** Why no agent's turn could run though the model can be asked; null: nothing is missing. */
  readonly missingRuntime: string | null;
  readonly seconds: number;
}

/** Pure. The first request for a reply counts: what comes after it is what OpenClaw falls back on. */
export function verdictOf(seen: Seen): Rehearsal {
  const { plan, chosen, standIns, replies, refused, failure, seconds } = seen;
  const [first] = replies;
  if (failure?.code === "unknown-model") {
    return { kind: "unknown-model", model: plan.model, detail: failure.detail };
  }
  if (!first && seen.missingRuntime !== null) {
    return { kind: "no-runtime", detail: seen.missingRuntime };
  }
  if (!first) {
    const host = refused.find((one) => !isNoise(one));
    if (host !== undefined) return { kind: "other-host", host };
    const silent = { code: "no-answer", sentence: "", detail: "", exitCode: 0 } as const;
    return { kind: "failed", failure: failure ?? silent };
  }
  const { host, path, bearer, model } = first;
  if (bearer !== chosen.standIn) {
    return { kind: "other-credential", origins: standIns.originsOf(bearer) ?? [], host };
  }
  const isChatGpt = host === CHATGPT_HOST;
  if (isChatGpt !== (chosen.kind === "login")) return { kind: "other-host", host };
  if (model !== "" && model !== modelOf(plan.model)) {
    return { kind: "other-model", model, chosen: plan.model };
  }
  if (failure) return { kind: "failed", failure };
  if (seen.missingRuntime !== null) return { kind: "no-runtime", detail: seen.missingRuntime };
  const asked = model || modelOf(plan.model);
  return { kind: "rehearsed", credential: chosen.kind, host, path, model: asked, seconds };
}

/** The registry that is kept shut, and the gateway of this machine: no model is asked for there. */
function isNoise(target: string): boolean {
  return /^(?:127\.0\.0\.1:9|registry\.npmjs\.org:443|(?:localhost|127\.0\.0\.1|::1):18789)$/u.test(
    target,
  );
}
