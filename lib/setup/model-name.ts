/** Names a model beside its reference: `GPT-6 Sol (openai/gpt-6-sol)`. */

import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { OPENAI } from "@/lib/openclaw/releases/names";
import type { ToldOpenAi } from "@/lib/openclaw/told/openai-extension";
import { visible } from "@/lib/text/visible";

/** Null if the release has no name, or one that adds nothing to the reference. */
export function modelLabels(
  era: Pick<ReleaseEra, "models">,
  told: ToldOpenAi | null,
): (ref: string) => string | null {
  const all = [...(told?.models ?? []), ...(told?.loginModels ?? [])];
  // 2026.5.28 names some by their id, which the table knows better.
  const manifest = all.filter(({ id, label }) => id !== label);
  const named = ["openai-codex", OPENAI].flatMap((provider) =>
    manifest.map(({ id, label }) => [`${provider}/${id}`, label] as const),
  );
  const labels = new Map([...era.models.map(({ ref, label }) => [ref, label] as const), ...named]);
  return (ref) => {
    const label = labels.get(ref);
    return label === undefined || ref.endsWith(`/${label}`) ? null : label;
  };
}

/** Other text is unchanged except for invisible characters. */
export function modelNamer(labels: (ref: string) => string | null): (text: string) => string {
  return (text) => {
    const label = labels(text);
    return label === null ? visible(text) : `${visible(label)} (${visible(text)})`;
  };
}
