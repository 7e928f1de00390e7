/** Picks the models an agent can use from a list, newest first, with snapshots folded. */

import * as z from "zod";

/** Rejects texts that could not be a model id but could look like one. */
export const modelId = z.string().regex(/^[A-Za-z0-9][\w.:@+/-]{0,255}$/u);

/** Limits the work; real accounts list under a tenth of it. */
const MOST_LISTED = 10_000;

export function listedIds(field: "id" | "slug") {
  // Building the schema per entry took 11 seconds for a list of 2 MiB.
  const entry = z.object({ [field]: modelId });
  return z.array(z.unknown()).transform((entries) =>
    entries.slice(0, MOST_LISTED).flatMap((each) => {
      const id = entry.safeParse(each).data?.[field];
      return id === undefined ? [] : [id];
    }),
  );
}

export interface OpenAiModel {
  /** The alias if there is one, so that it follows OpenAI's updates. */
  readonly id: string;
  readonly snapshots: readonly string[];
  /** `chat`: answers, but is not made for calling tools. */
  readonly suits: "agent" | "chat";
}

/** Ids with these words are not for text conversation. */
const OTHER_USE =
  /(?:^|[-_/])(?:embedding|embed|tts|whisper|dall-e|image|moderation|realtime|audio|transcribe|diarize|search|sora|video|instruct|deep-research|computer-use|similarity|edit|insert|live|translate|speech|voice)(?:$|[-_/.\d])/iu;
const COMPLETION_ONLY = /^(?:ada|babbage|curie|davinci|text-|code-)/iu;
const CHAT_ONLY = /(?:^chatgpt-|-chat(?:-|$))/iu;
const DATED = /^(.+?)-(\d{4}-\d{2}-\d{2}|\d{4})$/u;

/** Unknown families, of other vendors behind the same address, come last. */
export function agentModels(ids: readonly string[]): OpenAiModel[] {
  const usable = [...new Set(ids)].filter(isConversational);
  const listed = new Set(usable);
  const snapshots = new Map<string, string[]>();
  for (const id of usable) {
    const alias = aliasOf(id);
    if (alias && listed.has(alias)) snapshots.set(alias, [...(snapshots.get(alias) ?? []), id]);
  }
  const folded = new Set([...snapshots.values()].flat());
  return usable
    .filter((id) => !folded.has(id))
    .map((id) => ({ model: toModel(id, snapshots.get(id) ?? []), rank: rankOf(id) }))
    .sort((a, b) => compareRanks(a.rank, b.rank) || compareText(a.model.id, b.model.id))
    .map(({ model }) => model);
}

export function isConversational(id: string): boolean {
  const base = baseOf(id);
  return base !== "" && !OTHER_USE.test(base) && !COMPLETION_ONLY.test(base);
}

function toModel(id: string, dated: readonly string[]): OpenAiModel {
  return {
    id,
    snapshots: [...dated].sort().reverse(),
    suits: CHAT_ONLY.test(baseOf(id)) ? "chat" : "agent",
  };
}

/** A fine-tuned id has the form `ft:<base>:<org>:<name>:<id>`. */
function baseOf(id: string): string {
  return id.startsWith("ft:") ? (id.split(":")[1] ?? "") : id;
}

function aliasOf(id: string): string | null {
  return id.startsWith("ft:") ? null : (DATED.exec(id)?.[1] ?? null);
}

type Rank = readonly number[];

/** The order within one version; unknown variants rank beside the plain model. */
const VARIANTS: ReadonlyArray<readonly [RegExp, number]> = [
  [/-nano\b/u, 6],
  [/-mini\b/u, 5],
  [/-chat\b|^chatgpt-/u, 7],
  [/-pro\b/u, 3],
  [/-codex\b/u, 2],
  [/-turbo\b|-preview\b/u, 4],
];

function rankOf(id: string): Rank {
  const base = baseOf(id);
  const variant = VARIANTS.find(([word]) => word.test(base))?.[1] ?? 1;
  const dated = aliasOf(base) ? 1 : 0;
  return [id.startsWith("ft:") ? 1 : 0, -generation(base), variant, dated];
}

/** For example "sol" for `gpt-6-sol` and "" for `gpt-5.5`; a dated id counts as its alias. */
export function lineOf(id: string): string {
  const base = baseOf(id);
  const plain = aliasOf(base) ?? base;
  return /^gpt-\d+(?:\.\d+)?o?-(.+)$/u.exec(plain)?.[1] ?? "";
}

/** The version as a sortable number. The o-series came between 4.1 and 5, so it ranks there. */
export function generation(base: string): number {
  const gpt = /^(?:chat)?gpt-(\d+)(?:\.(\d+)|(o))?/u.exec(base);
  // 4o came after 4 and before 4.1.
  if (gpt) return Number(gpt[1]) * 1000 + (gpt[3] ? 0.5 : Number(gpt[2] ?? 0));
  const reasoning = /^o(\d+)(?:-|$)/u.exec(base);
  if (reasoning) return 4900 + Number(reasoning[1]);
  return /^codex-/u.test(base) ? 4900 : 0;
}

function compareRanks(a: Rank, b: Rank): number {
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Uses a fixed locale, so that every machine sorts alike. */
function compareText(a: string, b: string): number {
  const numeric = a.localeCompare(b, "en", { numeric: true });
  return numeric !== 0 ? numeric : a < b ? -1 : 1;
}
