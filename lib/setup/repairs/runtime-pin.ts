/** Selects OpenClaw's own runtime for a model, instead of the codex plugin's. */

import { CODEX, hasCodexPlugin } from "@/lib/openclaw/config/codex-plugin";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { providerOf } from "@/lib/setup/model-ref";
import type { ConfigEdit, Json } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

/** Without the plugin, turns that name its runtime fail: "runtime "codex" is unavailable" (2026.9.6). */
export function pinEdits(era: ReleaseEra, config: Json, ref: string): ConfigEdit[] {
  const provider = providerOf(ref);
  const baseUrl = era.runtimePin?.providers[provider];
  if (!era.runtimePin || baseUrl === undefined) return [];
  const listed = [ref, `${provider}/*`].map((name) => ["agents", "defaults", "models", name]);
  const entry = ["models", "providers", provider];
  const named = [...listed, entry].filter(
    (path) => valueAt(config, [...path, "agentRuntime"]) !== undefined,
  );
  const { id } = era.runtimePin;
  if (named.length > 0) {
    if (hasCodexPlugin(config)) return [];
    return named
      .map((path) => [...path, "agentRuntime", "id"])
      .filter((path) => valueAt(config, path) === CODEX)
      .map((path) => ({ op: "set", path, value: id }));
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
    set("agentRuntime", { id }),
  ];
}
