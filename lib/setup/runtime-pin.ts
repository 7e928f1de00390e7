/** Which runtime runs a model: the edits that name OpenClaw's own, for without them the codex plugin is asked for. */

import type { ConfigEdit, Json } from "@/lib/openclaw/config-types";
import { valueAt } from "@/lib/openclaw/config-value";
import type { ReleaseEra } from "@/lib/openclaw/releases";

/** None where the release needs none for that model, or where the config names a runtime for it already. */
export function pinEdits(era: ReleaseEra, config: Json, ref: string): ConfigEdit[] {
  const provider = ref.slice(0, ref.indexOf("/"));
  const baseUrl = era.runtimePin?.providers[provider];
  if (!era.runtimePin || baseUrl === undefined) return [];
  const listed = [ref, `${provider}/*`].map((name) => ["agents", "defaults", "models", name]);
  const entry = ["models", "providers", provider];
  if ([...listed, entry].some((path) => valueAt(config, [...path, "agentRuntime"]) !== undefined)) {
    return [];
  }
  const set = (name: string, value: Json): ConfigEdit => ({
    op: "set",
    path: [...entry, name],
    value,
  });
  const missing = (name: string) => valueAt(config, [...entry, name]) === undefined;
  const needed = era.providerNeedsBaseUrlAndModels;
  return [
    ...(needed && missing("baseUrl") ? [set("baseUrl", baseUrl)] : []),
    ...(needed && missing("models") ? [set("models", [])] : []),
    set("agentRuntime", { id: era.runtimePin.id }),
  ];
}
