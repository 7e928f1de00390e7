/** Whether a reference to a model of OpenAI still leads somewhere in a release, and else to which one. Pure. */

import type { ReleaseFacts } from "@/lib/openclaw/releases/facts";
import { OPENAI } from "@/lib/openclaw/releases/names";

type Facts = Pick<ReleaseFacts, "retiredModels" | "goneProviders" | "models" | "defaultModel">;

/**
 * What takes the place of a retired reference; null where it still leads somewhere. Of a provider that is gone
 * every reference is retired: the same model of `openai` where a login can use it, else the default with one.
 */
export function successorOf(
  { retiredModels, goneProviders, models, defaultModel }: Facts,
  ref: string,
): string | null {
  if (Object.hasOwn(retiredModels, ref)) return retiredModels[ref] ?? null;
  const slash = ref.indexOf("/");
  if (!goneProviders.includes(ref.slice(0, Math.max(0, slash)))) return null;
  const same = `${OPENAI}/${ref.slice(slash + 1)}`;
  // A pattern such as `openai-codex/*` in a list of allowed models.
  if (same === `${OPENAI}/*`) return same;
  const known = models.some((model) => model.ref === same && model.for !== "apiKey");
  return known ? same : (retiredModels[same] ?? defaultModel.chatgpt);
}
