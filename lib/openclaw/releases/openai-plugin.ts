/**
 * What keeps a release from OpenAI although the config is valid and `models status` names the key, as data. Each was
 * seen in a turn of 2026.7.1 and 2026.9.6 that ended without a request; `npm run test:releases` runs them again.
 */

/** The plugin that brings the provider `openai`; on without a word in the config. */
export const OPENAI_PLUGIN = "openai";

/** "OpenAI " shuts it off on 2026.9.6 too. */
export function isOpenAiPlugin(id: unknown): boolean {
  return typeof id === "string" && id.trim().toLowerCase() === OPENAI_PLUGIN;
}
