/** Proposes models that the account lists and the installed release supports. */

import { agentModels } from "@/lib/openai/models";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { OPENAI } from "@/lib/openclaw/releases/names";
import { successorOf } from "@/lib/openclaw/releases/retired-models";
import { newestOfDefaultLine, newestOfMainLine } from "@/lib/openclaw/told/main-line";
import type { ToldModel, ToldOpenAi, ToldPrice } from "@/lib/openclaw/told/openai-extension";
import { modelLabels } from "@/lib/setup/model-name";
import { modelOf, providerOf } from "@/lib/setup/model-ref";

export type ProposalReason = "present" | "default" | "value" | "cheapest";

export interface ModelChoice {
  readonly ref: string;
  /** The name in the release or table; null if it adds nothing to the reference. */
  readonly label: string | null;
  readonly recommended: boolean;
  readonly reason: ProposalReason | null;
  /** Listed by the release, or seen in a whole turn of it. */
  readonly known: boolean;
  /** The release's price of a request; null with a subscription. */
  readonly price: ToldPrice | null;
  /** Deprecated by the release, or retired for this credential. */
  readonly retired: {
    readonly successor: string | null;
    readonly successorLabel: string | null;
    /** No longer answers with this credential. */
    readonly gone: boolean;
  } | null;
}

export interface ModelQuestion {
  readonly era: ReleaseEra;
  readonly told: ToldOpenAi | null;
  /** Ids that the account lists; null if unknown. */
  readonly listed: readonly string[] | null;
  /** The config's OpenAI default model, if any. */
  readonly present: string | null;
}

/** Each credential's host, since a release retires models by host. */
const HOSTS = { apiKey: "api.openai.com", chatgpt: "chatgpt.com" } as const;
type Credential = keyof typeof HOSTS;

/**
 * The models that the key lists, or else those the release knows; recommends the newest of the line
 * that succeeds deprecated models, else the release's default, else the newest of that one's line,
 * else the first in common.
 */
export function modelChoices(question: ModelQuestion): ModelChoice[] {
  const { era, told, listed } = question;
  const known = knownRefs(question, "apiKey");
  const offered = listed ? conversational(listed, OPENAI) : known;
  const current = usable(offered, question, "apiKey");
  // The release may not know a model that it does not list.
  const unlisted = told && told.models.length > 0 ? null : (current[0] ?? null);
  const fallback = current.find((ref) => known.includes(ref)) ?? unlisted;
  const normal = defaultOf(question, "apiKey");
  const value = mainLine(told, current);
  const recommended =
    value ??
    (current.includes(normal) ? normal : null) ??
    among(current, newestOfDefaultLine(told, current.map(modelOf))) ??
    tableDefault(era.defaultModel.apiKey, current) ??
    fallback;
  return arrange(question, "apiKey", { offered, current, recommended, normal, value });
}

/**
 * The models that ChatGPT lists, or else those the release offers with a login. Without the
 * release's files: the table's models that the account lists, or all.
 */
export function subscriptionChoices(question: ModelQuestion): ModelChoice[] {
  const { era, told, listed } = question;
  const known = knownRefs(question, "chatgpt");
  const own = known.filter((ref) => listed !== null && isListed(ref, listed));
  const all = own.length > 0 ? own : known;
  const provider = providerOf(era.defaultModel.chatgpt);
  const offered =
    told && told.models.length > 0 && listed && own.length > 0
      ? conversational(listed, provider)
      : all;
  const current = usable(offered, question, "chatgpt");
  const normal = defaultOf(question, "chatgpt");
  const value = mainLine(told, current);
  const recommended =
    (current.includes(normal) ? normal : null) ??
    value ??
    tableDefault(era.defaultModel.chatgpt, current) ??
    current[0] ??
    null;
  return arrange(question, "chatgpt", { offered, current, recommended, normal, value });
}

/** A model's price for a key; null if the release tells none. */
export function priceOf(told: ToldOpenAi | null, ref: string): ToldPrice | null {
  return modelTold(told, ref)?.price ?? null;
}

export function isListed(ref: string, ids: readonly string[]): boolean {
  return ids.includes(modelOf(ref));
}

interface Found {
  readonly offered: readonly string[];
  readonly current: readonly string[];
  readonly recommended: string | null;
  readonly normal: string;
  readonly value: string | null;
}

function arrange(question: ModelQuestion, credential: Credential, found: Found): ModelChoice[] {
  const { told, present } = question;
  const { offered, current, recommended, normal, value } = found;
  const cheapest = credential === "apiKey" ? cheapestOf(told, current) : null;
  const kept = staysFirst(question, credential) ? present : null;
  const known = knownRefs(question, credential);
  const labels = modelLabels(question.era, told);
  const order = [kept, recommended, normal, value, cheapest].filter(
    (ref) => ref !== null && (current.includes(ref) || ref === kept),
  );
  const both = current.filter((ref) => known.includes(ref));
  const retired = offered.filter(
    (ref) => !current.includes(ref) && successorOf(question.era, ref) === null,
  );
  const reasonOf = (ref: string): ProposalReason | null => {
    if (ref === kept) return "present";
    if (told === null) return null;
    if (ref === normal && order.includes(ref)) return "default";
    if (ref === value) return "value";
    return ref === cheapest ? "cheapest" : null;
  };
  return [...new Set([...order, ...both, ...current, ...retired])].flatMap((ref) => {
    if (ref === null) return [];
    const model = modelTold(told, ref);
    return {
      ref,
      label: labels(ref),
      recommended: ref === recommended,
      reason: reasonOf(ref),
      // Before 2026.6 a login has a list of its own.
      known: known.includes(ref) || (model !== null && providerOf(ref) === OPENAI),
      price: credential === "apiKey" ? (model?.price ?? null) : null,
      retired: retirementOf(told, ref, credential),
    };
  });
}

/** A deprecated model still answers; one retired for this credential does not. */
function staysFirst({ era, told, listed, present }: ModelQuestion, credential: Credential) {
  if (present === null || successorOf(era, present) !== null) return false;
  if (providerOf(present) !== providerOf(era.defaultModel[credential])) return false;
  const gone = retirementAt(told, present, credential);
  return !gone && (listed === null || isListed(present, listed));
}

function conversational(ids: readonly string[], provider: string): string[] {
  const models = agentModels(ids).filter(({ suits }) => suits === "agent");
  return [...new Set(models.map(({ id }) => `${provider}/${id}`))];
}

function knownRefs({ era, told }: ModelQuestion, credential: Credential): string[] {
  const other = credential === "apiKey" ? "chatgpt" : "apiKey";
  const rows = era.models.filter((model) => model.for !== other).map(({ ref }) => ref);
  const provider = providerOf(era.defaultModel[credential]);
  const lists = told ? (provider === OPENAI ? told.models : told.loginModels) : [];
  const named = lists.map(({ id }) => `${provider}/${id}`);
  const first = named.length > 0 ? [] : [era.defaultModel[credential]];
  return [...new Set([...first, ...named, ...rows])].filter(
    (ref) => successorOf(era, ref) === null,
  );
}

function usable(refs: readonly string[], { era, told }: ModelQuestion, credential: Credential) {
  return refs.filter(
    (ref) => successorOf(era, ref) === null && retirementOf(told, ref, credential) === null,
  );
}

function defaultOf({ era, told }: ModelQuestion, credential: Credential): string {
  const named = told?.defaults[credential];
  const provider = providerOf(era.defaultModel[credential]);
  return named ? `${provider}/${modelOf(named)}` : era.defaultModel[credential];
}

function tableDefault(ref: string, current: readonly string[]): string | null {
  return current.includes(ref) ? ref : null;
}

function mainLine(told: ToldOpenAi | null, current: readonly string[]): string | null {
  return among(current, newestOfMainLine(told, current.map(modelOf)));
}

function among(refs: readonly string[], id: string | null): string | null {
  return refs.find((ref) => modelOf(ref) === id) ?? null;
}

function cheapestOf(told: ToldOpenAi | null, current: readonly string[]): string | null {
  const priced = current.flatMap((ref) => {
    const price = modelTold(told, ref)?.price;
    return price ? [{ ref, sum: price.input + price.output }] : [];
  });
  return priced.sort((a, b) => a.sum - b.sum)[0]?.ref ?? null;
}

function retirementOf(
  told: ToldOpenAi | null,
  ref: string,
  credential: Credential,
): ModelChoice["retired"] {
  const gone = retirementAt(told, ref, credential);
  const model = modelTold(told, ref);
  if (!gone && !model?.deprecated) return null;
  const successor = gone ? gone.successor : (model?.successor ?? null);
  const successorLabel = successor === null ? null : (modelTold(told, successor)?.label ?? null);
  return { successor, successorLabel, gone: gone !== undefined };
}

function retirementAt(told: ToldOpenAi | null, ref: string, credential: Credential) {
  return told?.retirements.find(
    ({ id, hosts }) => id === modelOf(ref) && hosts.includes(HOSTS[credential]),
  );
}

function modelTold(told: ToldOpenAi | null, ref: string): ToldModel | null {
  const id = modelOf(ref);
  const all = told ? [...told.models, ...told.loginModels] : [];
  return all.find((model) => model.id === id) ?? null;
}
