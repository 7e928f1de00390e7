/** Finds OPENAI_ORG_ID and OPENAI_PROJECT_ID values that make OpenAI refuse the key. */

import type { Choices } from "@/lib/setup/choices";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

/** Reports only variables in OpenClaw's files that OpenAI refused. Pure. */
export function accountVariables(
  { unfitVariables }: Pick<Snapshot, "unfitVariables">,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  { apiKey }: Pick<Choices, "apiKey">,
): Finding[] {
  if (apiKey === null) return [];
  return unfitVariables.flatMap((name): Finding[] => {
    const places = [
      ["env", "vars", name],
      ["env", name],
    ].filter((path) => valueAt(config, path) !== undefined);
    const inDotenv = dotenv.has(name);
    if (places.length === 0 && !inDotenv) return [];
    return [
      {
        id: `account-variable:${name}`,
        kind: "account-variable",
        data: { name },
        important: true,
        edits: places.map((path) => ({ op: "remove", path })),
        ...(inDotenv ? { clearDotenv: name } : {}),
      },
    ];
  });
}
