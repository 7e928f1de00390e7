/** The codex plugin, which is not part of OpenClaw and brings a runtime of its own: whether a config has it on. */

import type { Json } from "@/lib/text/json5/types";
import { textsAt, valueAt } from "@/lib/text/json5/value";

/** Its id, and the name of the runtime that only it brings. */
export const CODEX = "codex";

/**
 * The config tells of it, and nothing keeps it from being loaded, by OpenClaw's own rules (2026.5.12, 2026.9.6).
 * `installs` is where releases wrote what they had installed; known up to 2026.7.1, refused from 2026.8.1 on.
 */
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
