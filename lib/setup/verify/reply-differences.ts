/** Whether what answered is what was chosen: provider, model, host and credential, each where it is known. */

import type { TurnAttempt } from "@/lib/openclaw/command/turn";
import { REASON_CODES, type RefusalCode } from "@/lib/openclaw/releases/refusals";
import type { Credential } from "@/lib/setup/verify/credential-in-use";

/** What a visit chose and wrote. */
export interface Chosen {
  /** The ref that is to answer, such as `openai/gpt-5.5`. */
  readonly model: string;
  /** The default of another provider that the person left in front of it; null: none. */
  readonly behind: string | null;
  readonly credential:
    | { readonly kind: "key" /** Its last four characters. */; readonly tail: string }
    | { readonly kind: "login"; readonly account: string | null };
  /** The host that requests for it go to; null where the release's own counts. */
  readonly host: string | null;
  /** When it was written, in milliseconds since 1970. */
  readonly writtenAt: number;
}

/** What is known of a reply. */
export interface Answer {
  /** `provider/model`. */
  readonly model: string;
  /** What the turn asked for; null where the release does not say. */
  readonly requested: string | null;
  /** What was tried before it. */
  readonly refused: readonly TurnAttempt[];
  /** Null where the release does not say. */
  readonly credential: Credential | null;
  /** Null where nobody saw it. */
  readonly host: string | null;
}

/** What may have led to another answer. */
export interface Circumstances {
  /** The model that the asked agent has for itself in the config; null: none. */
  readonly agentModel: string | null;
  /** The model that its main conversation asks for; null: none, or in a store that is not read. */
  readonly sessionModel: string | null;
  /** The store of its own that the asked agent has; null: it has none. */
  readonly agentStore: string | null;
  /** The environment, or the file of a service, whose key wins; null: none. */
  readonly otherSource: string | null;
}

export const NO_CIRCUMSTANCES: Circumstances = {
  agentModel: null,
  sessionModel: null,
  agentStore: null,
  otherSource: null,
};

export type Why =
  /** The chosen model was tried and refused; `code` where the release says why. */
  | { readonly kind: "fallback"; readonly code: RefusalCode | null }
  /** The person left the other model in front. */
  | { readonly kind: "by-choice" }
  /** The agent has a model of its own in the config. */
  | { readonly kind: "agent-model" }
  /** The conversation asks for it, and the config does not. */
  | { readonly kind: "pinned" }
  /** The agent's own store comes first; `path` is where it is. */
  | { readonly kind: "agent-store"; readonly path: string }
  /** A variable of the environment or of a service comes first; `path` names it. */
  | { readonly kind: "other-source"; readonly path: string }
  | { readonly kind: "unknown" };

/** Words in `messages/*.json` under `done.other.<what>` and `done.why.<kind>`. */
export type Difference =
  | { readonly what: "model"; readonly answered: string; readonly why: Why }
  | { readonly what: "credential"; readonly answered: Credential; readonly why: Why }
  | { readonly what: "host"; readonly answered: string; readonly why: Why };

/** Every way in which the answer is not the chosen one; empty: nothing known speaks against it. Pure. */
export function differencesOf(
  chosen: Chosen,
  answer: Answer,
  circumstances: Circumstances = NO_CIRCUMSTANCES,
): readonly Difference[] {
  if (!isSameModel(chosen.model, answer.model)) {
    // Another provider's credential and host are not those of the choice anyway.
    return [
      { what: "model", answered: answer.model, why: whyModel(chosen, answer, circumstances) },
    ];
  }
  const differences: Difference[] = [];
  if (answer.credential && isOther(chosen.credential, answer.credential)) {
    const why = whyCredential(circumstances);
    differences.push({ what: "credential", answered: answer.credential, why });
  }
  if (chosen.host !== null && answer.host !== null && chosen.host !== answer.host) {
    differences.push({ what: "host", answered: answer.host, why: { kind: "unknown" } });
  }
  return differences;
}

/** The same for what `models status` says it would use, which asks nobody. Pure. */
export function statusDifferences(
  chosen: Chosen,
  status: { readonly model: string; readonly credential: Credential },
  circumstances: Circumstances = NO_CIRCUMSTANCES,
): readonly Difference[] {
  const answer = { ...status, requested: null, refused: [], host: null };
  return differencesOf(chosen, answer, circumstances).filter(
    // What the person left in front is no fault of the status.
    ({ why }) => why.kind !== "by-choice",
  );
}

/** Whether this credential is known to be another; what the release does not say is not held against it. */
export function isOther(chosen: Chosen["credential"], used: Credential): boolean {
  if (used.kind === "unknown") return false;
  if (chosen.kind === "login") {
    if (used.kind !== "login") return true;
    return chosen.account !== null && used.account !== "" && chosen.account !== used.account;
  }
  if (used.kind === "login") return true;
  const tail = /[\w-]{4}$/u.exec(used.key)?.[0] ?? "";
  return tail !== "" && chosen.tail !== "" && tail !== chosen.tail;
}

function isSameModel(chosen: string, answered: string): boolean {
  // A dated snapshot is the model, and up to 2026.5 a login's models had a provider of their own.
  const plain = (ref: string) => ref.replace(/^openai-codex\//u, "openai/");
  const [one, other] = [plain(chosen), plain(answered)];
  return one === other || (other.startsWith(`${one}-`) && /-\d{4}-\d{2}-\d{2}$/u.test(other));
}

function whyModel(chosen: Chosen, answer: Answer, circumstances: Circumstances): Why {
  const tried = answer.refused.find(({ model }) => isSameModel(chosen.model, model));
  if (tried) return { kind: "fallback", code: REASON_CODES[tried.reason] ?? null };
  const asked = answer.requested ?? answer.model;
  if (chosen.behind !== null && isSameModel(chosen.behind, asked)) return { kind: "by-choice" };
  const { agentModel, sessionModel } = circumstances;
  if (sessionModel !== null && isSameModel(sessionModel, asked)) return { kind: "pinned" };
  if (agentModel !== null && isSameModel(agentModel, asked)) return { kind: "agent-model" };
  if (answer.requested === null) return { kind: "unknown" };
  return isSameModel(chosen.model, asked) ? { kind: "fallback", code: null } : { kind: "pinned" };
}

function whyCredential({ agentStore, otherSource }: Circumstances): Why {
  if (agentStore !== null) return { kind: "agent-store", path: agentStore };
  if (otherSource !== null) return { kind: "other-source", path: otherSource };
  return { kind: "unknown" };
}
