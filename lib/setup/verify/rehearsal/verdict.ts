/** Judges a rehearsal by comparing the relay's records with the user's choice. */

import type { CommandFailure } from "@/lib/openclaw/command/failure";
import { modelOf } from "@/lib/setup/model-ref";
import type { Plan, Repair, RepairKind } from "@/lib/setup/types";
import { CHATGPT_HOST, type Sighting } from "@/lib/setup/verify/rehearsal/relay";
import type { Origin, StandIns } from "@/lib/setup/verify/rehearsal/stand-ins";
import type { Absence } from "@/lib/setup/verify/verify";

export type Rehearsal =
  | Absence
  | { readonly kind: "impossible"; readonly why: "secrets-elsewhere" | "own-program" }
  /** The chosen credential reached OpenAI's host for the chosen model. */
  | {
      readonly kind: "rehearsed";
      readonly credential: "key" | "login";
      readonly host: string;
      readonly path: string;
      readonly model: string;
      readonly seconds: number;
    }
  /** `origins` says where it is; empty if unknown. */
  | {
      readonly kind: "other-credential";
      readonly origins: readonly Origin[];
      readonly host: string;
    }
  /** `host:port` outside OpenAI, or a host that rejects this credential. */
  | { readonly kind: "other-host"; readonly host: string }
  | { readonly kind: "other-model"; readonly model: string; readonly chosen: string }
  | { readonly kind: "unknown-model"; readonly model: string; readonly detail: string }
  /** The model works but an agent's runtime is missing; `detail` is OpenClaw's message. */
  | { readonly kind: "no-runtime"; readonly detail: string }
  | { readonly kind: "failed"; readonly failure: CommandFailure };

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

export function speaksAgainst(rehearsal: Rehearsal | null): boolean {
  return rehearsal !== null && rehearsal.kind in ANSWERS;
}

/** Declined repairs that would fix it, in the plan's order. */
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
  readonly refused: readonly string[];
  readonly failure: CommandFailure | null;
  /** Why no agent turn could run although the model works. */
  readonly missingRuntime: string | null;
  readonly seconds: number;
}

/** Judges the first request; later ones are fallbacks. Pure. */
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

/** The blocked registry and the local gateway never serve models. */
function isNoise(target: string): boolean {
  return /^(?:127\.0\.0\.1:9|registry\.npmjs\.org:443|(?:localhost|127\.0\.0\.1|::1):18789)$/u.test(
    target,
  );
}
