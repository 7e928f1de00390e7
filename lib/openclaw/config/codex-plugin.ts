/** Detects whether a config enables the codex plugin, which brings its own runtime. */

import type { Json } from "@/lib/text/json5/types";
import { textsAt, valueAt } from "@/lib/text/json5/value";

/** The id of the plugin and of its runtime. */
export const CODEX = "codex";

/** Follows OpenClaw's rules (2026.5.12, 2026.9.6); `installs` is valid up to 2026.7.1. */
export function hasCodexPlugin(config: Json): boolean {
  const at = (...path: string[]) => valueAt(config, ["plugins", ...path]);
  const texts = (...path: string[]) => textsAt(config, ["plugins", ...path]) ?? [];
  const allowed = texts("allow");
  const isOff =
    at("enabled") === false ||
    texts("deny").includes(CODEX) ||
    at("entries", CODEX, "enabled") === false ||
    (allowed.length > 0 && !allowed.includes(CODEX));
  const isToldOf =
    at("entries", CODEX) !== undefined ||
    allowed.includes(CODEX) ||
    at("installs", CODEX) !== undefined ||
    texts("load", "paths").some((path) => path.split(/[\\/]/u).includes(CODEX));
  return isToldOf && !isOff;
}
