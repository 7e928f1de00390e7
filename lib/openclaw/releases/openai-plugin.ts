/** Settings that block OpenAI although `models status` names the key; seen in turns of 2026.7.1 and 2026.9.6. */

/** Provides `openai`; enabled by default. */
export const OPENAI_PLUGIN = "openai";

/** Even "OpenAI " with a blank disables it on 2026.9.6. */
export function isOpenAiPlugin(id: unknown): boolean {
  return typeof id === "string" && id.trim().toLowerCase() === OPENAI_PLUGIN;
}
