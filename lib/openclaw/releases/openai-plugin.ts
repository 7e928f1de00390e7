/**
 * What keeps a release from OpenAI although the config is valid and `models status` names the key, as data. Each was
 * seen in a turn of 2026.7.1 and 2026.9.6 that ended without a request; `npm run test:releases` runs them again.
 */

import { compareReleases } from "@/lib/openclaw/releases/table";

/** The plugin that brings the provider `openai`; on without a word in the config. */
export const OPENAI_PLUGIN = "openai";

/** The oldest release looked at in which OpenAI comes as a plugin; 2026.2.9 has no such folder. */
const PLUGIN_SINCE = "2026.5.28";

/** Whether the settings of plugins reach OpenAI. Null, no known release: as the newest. */
export function hasOpenAiPlugin(release: string | null): boolean {
  return release === null || compareReleases(release, PLUGIN_SINCE) >= 0;
}

/** "OpenAI " shuts it off on 2026.9.6 too. */
export function isOpenAiPlugin(id: unknown): boolean {
  return typeof id === "string" && id.trim().toLowerCase() === OPENAI_PLUGIN;
}
