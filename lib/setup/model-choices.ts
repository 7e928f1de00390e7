/** Model references: reading one that was typed, and the list to choose from. */

import { agentModels } from "@/lib/openai/models";
import { OPENAI } from "@/lib/openclaw/releases/names";
import type { ReleaseEra } from "@/lib/openclaw/releases/table";
import { err, ok, type Result } from "@/lib/result";

export interface ModelRef {
  readonly provider: string;
  readonly model: string;
  /** `provider/model`, as it goes into the config. */
  readonly ref: string;
}

const REF = /^(?<provider>[A-Za-z0-9][\w.-]*)\/(?<model>\w[\w.:@+-]*(?:\/[\w.:@+-]+)*)$/u;

export function parseModelRef(
  text: string,
): Result<ModelRef, { readonly code: "empty" | "form" | "too-long" }> {
  const ref = text.trim();
  if (ref === "") return err({ code: "empty" });
  if (ref.length > 200) return err({ code: "too-long" });
  const { provider, model } = REF.exec(ref)?.groups ?? {};
  return provider && model ? ok({ provider, model, ref }) : err({ code: "form" });
}

/** What is before the first slash; "" where there is none, as in an alias. */
export function providerOf(ref: string): string {
  return ref.slice(0, Math.max(0, ref.indexOf("/")));
}

export function modelOf(ref: string): string {
  return ref.slice(ref.indexOf("/") + 1);
}

export interface ModelChoice {
  readonly ref: string;
  readonly recommended: boolean;
  /** A whole turn of this release with it was seen. */
  readonly tried: boolean;
}

/**
 * What the key lists, those the release knows first; or, without a list, what the release knows.
 * Recommended: the release's own default where the key has it, else the first both know.
 */
export function modelChoices(era: ReleaseEra, listed: readonly string[] | null): ModelChoice[] {
  const known = era.models.filter((model) => model.for !== "chatgpt").map((model) => model.ref);
  const offered = listed
    ? agentModels(listed)
        .filter((model) => model.suits === "agent")
        .map((model) => `${OPENAI}/${model.id}`)
    : known;
  const usable = [...new Set(offered)].filter((ref) => !(ref in era.retiredModels));
  const both = usable.filter((ref) => known.includes(ref));
  const wanted = era.defaultModel.apiKey;
  const recommended = usable.includes(wanted) ? wanted : (both[0] ?? usable[0]);
  const first = recommended ? [recommended] : [];
  return [...new Set([...first, ...both, ...usable])].map((ref) => ({
    ref,
    recommended: ref === recommended,
    tried: known.includes(ref),
  }));
}

/**
 * What the release offers with a ChatGPT subscription, its own default first; of these only what
 * ChatGPT lists for the account. Where it lists none of them, or nothing is known, all are offered.
 */
export function subscriptionChoices(
  era: ReleaseEra,
  listed: readonly string[] | null,
): ModelChoice[] {
  const wanted = era.defaultModel.chatgpt;
  const known = era.models.filter((model) => model.for !== "apiKey").map((model) => model.ref);
  const all = [...new Set([wanted, ...known])];
  const own = all.filter((ref) => listed !== null && isListed(ref, listed));
  const offered = own.length > 0 ? own : all;
  return offered.map((ref, at) => ({ ref, recommended: at === 0, tried: true }));
}

/** Whether the model of a reference is among ids without a provider. */
export function isListed(ref: string, ids: readonly string[]): boolean {
  return ids.includes(modelOf(ref));
}
