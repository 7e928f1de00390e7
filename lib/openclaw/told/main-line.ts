/** Finds the line of models that a release recommends. Pure. */

import { generation, lineOf } from "@/lib/openai/models";
import type { ToldOpenAi } from "@/lib/openclaw/told/openai-extension";

/** The newest given model of the line that succeeds deprecated ones, if the release knows it. */
export function newestOfMainLine(told: ToldOpenAi | null, ids: readonly string[]): string | null {
  const models = told?.models ?? [];
  const line = models.flatMap(({ deprecated, successor }) =>
    deprecated && successor ? [lineOf(successor)] : [],
  )[0];
  if (line === undefined) return null;
  const current = [...(told?.models ?? []), ...(told?.loginModels ?? [])].filter(
    ({ id, deprecated }) => !deprecated && ids.includes(id) && lineOf(id) === line,
  );
  return current.map(({ id }) => id).sort((a, b) => generation(b) - generation(a))[0] ?? null;
}
