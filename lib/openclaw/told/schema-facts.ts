/** Derives facts of a row from a release's JSON schema. Pure. */

import type { ReleaseFacts } from "@/lib/openclaw/releases/facts";
import { CHATGPT_BASE_URL, OPENAI, OPENAI_BASE_URL } from "@/lib/openclaw/releases/names";
import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";
import type { ToldAnswers } from "@/lib/openclaw/told/answers";
import { lacking, type Part, part } from "@/lib/openclaw/told/facts-read";
import type { ToldSchema } from "@/lib/openclaw/told/schema";

/** Adds keys of `known` that the schema refuses, and drops those of the row that it accepts again. */
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
  // The alternative to marking an agent appears in the schema (2026.8.1 to 2026.9.6).
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
        // The schema does not tell when only a value is refused.
        return taken !== true || key.values !== undefined;
      }),
    },
    ...names,
  );
}

/** Up to 2026.5.27 the built-in runtime is "pi", and also runs a login's models; see the rows. */
function pinned(id: "openclaw" | "pi"): Readonly<Record<string, string>> {
  const openai = { [OPENAI]: OPENAI_BASE_URL };
  return id === "pi" ? { ...openai, "openai-codex": CHATGPT_BASE_URL } : openai;
}

/** 2026.8.1 and 2026.9.6 accept `agents.list`, which their schema omits. */
function takes(schema: ToldSchema, path: readonly string[]): boolean | null {
  const [first, second, ...rest] = path;
  const isList = first === "agents" && second === "list";
  return schema.takes(path) ?? (isList ? schema.takes([first, "entries", ...rest]) : null);
}
