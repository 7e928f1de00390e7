/** Finds the successor of an OpenAI model reference that no longer works in a release. Pure. */

import type { ReleaseFacts } from "@/lib/openclaw/releases/facts";
import { OPENAI } from "@/lib/openclaw/releases/names";

type Facts = Pick<ReleaseFacts, "retiredModels" | "goneProviders" | "models" | "defaultModel">;

/** Null for a working reference; a former provider's model maps to `openai` if a login can use it. */
export function successorOf(
  { retiredModels, goneProviders, models, defaultModel }: Facts,
  ref: string,
): string | null {
  if (Object.hasOwn(retiredModels, ref)) return retiredModels[ref] ?? null;
  const slash = ref.indexOf("/");
  if (!goneProviders.includes(ref.slice(0, Math.max(0, slash)))) return null;
  const same = `${OPENAI}/${ref.slice(slash + 1)}`;
  // Lists of allowed models may contain a pattern such as `openai-codex/*`.
  if (same === `${OPENAI}/*`) return same;
  const known = models.some((model) => model.ref === same && model.for !== "apiKey");
  return known ? same : (retiredModels[same] ?? defaultModel.chatgpt);
}
