/** Compares an answer with the choice: provider, model, host and credential, where known. */

import type { TurnAttempt } from "@/lib/openclaw/command/turn";
import { REASON_CODES, type RefusalCode } from "@/lib/openclaw/releases/refusals";
import type { Credential } from "@/lib/setup/verify/credential-in-use";

export interface Chosen {
  /** The expected ref, such as `openai/gpt-5.5`. */
  readonly model: string;
  /** The other provider's default that the user kept in front; null for none. */
  readonly behind: string | null;
  readonly credential:
    | { readonly kind: "key" /** Its last four characters. */; readonly tail: string }
    | { readonly kind: "login"; readonly account: string | null }
    /** Any present credential stays, because none was chosen. */
    | { readonly kind: "kept" };
  /** The host of its requests; null for the release's default. */
  readonly host: string | null;
  readonly writtenAt: number;
}

export interface Answer {
  readonly model: string;
  readonly requested: string | null;
  readonly refused: readonly TurnAttempt[];
  readonly credential: Credential | null;
  readonly host: string | null;
}

export interface Circumstances {
  /** The asked agent's own model in the config. */
  readonly agentModel: string | null;
  /** The model of its main conversation; null if unset or unreadable. */
  readonly sessionModel: string | null;
  readonly agentStore: string | null;
  /** The environment or service file whose key wins. */
  readonly otherSource: string | null;
}

export const NO_CIRCUMSTANCES: Circumstances = {
  agentModel: null,
  sessionModel: null,
  agentStore: null,
  otherSource: null,
};

export type Why =
  /** The chosen model was tried and failed; `code` if the release says why. */
  | { readonly kind: "fallback"; readonly code: RefusalCode | null }
  | { readonly kind: "by-choice" }
  | { readonly kind: "agent-model" }
  /** The conversation selects the model, not the config. */
  | { readonly kind: "pinned" }
  | { readonly kind: "agent-store"; readonly path: string }
  /** A variable of the environment or a service comes first; `path` names its source. */
  | { readonly kind: "other-source"; readonly path: string }
  | { readonly kind: "unknown" };

/** The messages are `done.other.<what>` and `done.why.<kind>`. */
export type Difference =
  | { readonly what: "model"; readonly answered: string; readonly why: Why }
  | { readonly what: "credential"; readonly answered: Credential; readonly why: Why }
  | { readonly what: "host"; readonly answered: string; readonly why: Why };

export function differencesOf(
  chosen: Chosen,
  answer: Answer,
  circumstances: Circumstances = NO_CIRCUMSTANCES,
): readonly Difference[] {
  if (chosen.credential.kind === "kept") return [];
  if (!isSameModel(chosen.model, answer.model)) {
    // Another provider has another credential and host anyway.
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

export function statusDifferences(
  chosen: Chosen,
  status: { readonly model: string; readonly credential: Credential },
  circumstances: Circumstances = NO_CIRCUMSTANCES,
): readonly Difference[] {
  const answer = { ...status, requested: null, refused: [], host: null };
  return differencesOf(chosen, answer, circumstances).filter(
    // A model that the user kept in front is no fault.
    ({ why }) => why.kind !== "by-choice",
  );
}

/** An unknown credential does not count as different. */
export function isOther(chosen: Chosen["credential"], used: Credential): boolean {
  if (used.kind === "unknown" || chosen.kind === "kept") return false;
  if (chosen.kind === "login") {
    if (used.kind !== "login") return true;
    return chosen.account !== null && used.account !== "" && chosen.account !== used.account;
  }
  if (used.kind === "login") return true;
  const tail = /[\w-]{4}$/u.exec(used.key)?.[0] ?? "";
  return tail !== "" && chosen.tail !== "" && tail !== chosen.tail;
}

function isSameModel(chosen: string, answered: string): boolean {
  // A dated snapshot counts as the model; up to 2026.5, logins had their own provider.
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
