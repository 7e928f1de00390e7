/** Facts of a row out of the JSON schema of an installed release. Pure. */

import { CHATGPT_BASE_URL, OPENAI, OPENAI_BASE_URL } from "@/lib/openclaw/releases/names";
import type { RetiredKey } from "@/lib/openclaw/releases/retired-keys";
import type { ToldAnswers } from "@/lib/openclaw/told/answers";
import { lacking, type Part, part } from "@/lib/openclaw/told/facts-read";
import type { ToldSchema } from "@/lib/openclaw/told/schema";

/** `known`: the keys that any release of the table refuses; those that this one refuses are its own. */
export function schemaPart(schema: ToldAnswers["schema"], known: readonly RetiredKey[]): Part {
  const names = ["keyPlaces", "runtime", "retiredKeys"] as const;
  if (!schema.ok) return lacking("schema", schema.error, ...names);
  const { value } = schema;
  const own = value.runtimes?.find((id) => id === "openclaw" || id === "pi") as
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
      runtimePin: own === undefined ? null : { id: own, providers: pinned(own) },
      ...(marked === null ? {} : { agentsNeedMark: marked }),
      retiredKeys: known.filter(({ path }) => isRefused(value, path)),
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
function isRefused(schema: ToldSchema, path: readonly string[]): boolean {
  const [first, second, ...rest] = path;
  const entries = first === "agents" && second === "list" ? [first, "entries", ...rest] : path;
  const own = schema.takes(path);
  if (own !== null) return !own;
  return schema.takes(entries) === false;
}
