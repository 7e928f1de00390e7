/** Finds the line of models that a release recommends. Pure. */

import { generation, lineOf } from "@/lib/openai/models";
import type { ToldOpenAi } from "@/lib/openclaw/told/openai-extension";

/** The newest given model of the line that succeeds deprecated ones, if the release knows it. */
export function newestOfMainLine(told: ToldOpenAi | null, ids: readonly string[]): string | null {
  const models = told?.models ?? [];
  const line = models.flatMap(({ deprecated, successor }) =>
    deprecated && successor ? [lineOf(successor)] : [],
  )[0];
  return line === undefined ? null : newestOf(line, told, ids);
}

/** The newest given model of the line of the release's own default, for a key or else for a login. */
export function newestOfDefaultLine(
  told: ToldOpenAi | null,
  ids: readonly string[],
): string | null {
  const defaults = [told?.defaults.apiKey ?? "", told?.defaults.chatgpt ?? ""];
  const line = defaults
    .map((ref) => lineOf(ref.slice(ref.indexOf("/") + 1)))
    .find((one) => one !== "");
  return line === undefined ? null : newestOf(line, told, ids);
}

function newestOf(line: string, told: ToldOpenAi | null, ids: readonly string[]): string | null {
  const current = [...(told?.models ?? []), ...(told?.loginModels ?? [])].filter(
    ({ id, deprecated }) => !deprecated && ids.includes(id) && lineOf(id) === line,
  );
  return current.map(({ id }) => id).sort((a, b) => generation(b) - generation(a))[0] ?? null;
}
