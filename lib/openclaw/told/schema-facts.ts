/** Facts of a row out of the JSON schema of an installed release. Pure. */

import type { ReleaseFacts } from "@/lib/openclaw/releases/facts";
import { CHATGPT_BASE_URL, OPENAI, OPENAI_BASE_URL } from "@/lib/openclaw/releases/names";
import type { RetiredKey } from "@/lib/openclaw/releases/retired-keys";
import type { ToldAnswers } from "@/lib/openclaw/told/answers";
import { lacking, type Part, part } from "@/lib/openclaw/told/facts-read";
import type { ToldSchema } from "@/lib/openclaw/told/schema";

/**
 * `known`: the keys that any release of the table refuses, in the order of their repairs. Those of the row stay unless
 * the schema has them again, and those that the schema refuses join them.
 */
export function schemaPart(
  { retiredKeys }: Pick<ReleaseFacts, "retiredKeys">,
  schema: ToldAnswers["schema"],
  known: readonly RetiredKey[],
): Part {
  const names = ["keyPlaces", "runtime", "retiredKeys"] as const;
  if (!schema.ok) return lacking("schema", schema.error, ...names);
  const { value } = schema;
  const own = new Set(retiredKeys.map((key) => JSON.stringify(key)));
  const runtime = value.runtimes?.find((id) => id === "openclaw" || id === "pi") as
    | "openclaw"
    | "pi"
    | undefined;
  // Where several agents need a mark, the schema has the key that can be told in its place (2026.8.1 to 2026.9.6).
  const marked = value.takes(["agents", "ownership"]);
  return part(
    "schema",
    {
      providerNeedsBaseUrlAndModels: value.providerNeeds.length > 0,
      modelAsText: value.modelAsText,
      credentials: { flatEnv: value.flatEnv ? "used" : "refused" },
      runtimePin: runtime === undefined ? null : { id: runtime, providers: pinned(runtime) },
      ...(marked === null ? {} : { agentsNeedMark: marked }),
      retiredKeys: known.filter((key) => {
        const taken = takes(value, key.path);
        if (!own.has(JSON.stringify(key))) return taken === false;
        // Of some only a value is refused, which the schema of the key does not tell.
        return taken !== true || key.values !== undefined;
      }),
    },
    ...names,
  );
}

/** Up to 2026.5.27 the runtime inside is "pi", and runs models of a login as well; see the rows. */
function pinned(id: "openclaw" | "pi"): Readonly<Record<string, string>> {
  const openai = { [OPENAI]: OPENAI_BASE_URL };
  return id === "pi" ? { ...openai, "openai-codex": CHATGPT_BASE_URL } : openai;
}

/** 2026.8.1 and 2026.9.6 still take `agents.list`, which their schema has as `agents.entries`. */
function takes(schema: ToldSchema, path: readonly string[]): boolean | null {
  const [first, second, ...rest] = path;
  const isList = first === "agents" && second === "list";
  return schema.takes(path) ?? (isList ? schema.takes([first, "entries", ...rest]) : null);
}
