/** One secret as it may be shown. */

/** Prefixes that say only what sort of key it is, so they may be shown. */
const OPENAI_PREFIXES = ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-", "sk-"] as const;

/**
 * The key as it may be shown: `sk-proj-••••••••1a2b`. Never more than a known prefix and the last
 * four characters; nothing at all of a key whose secret part is shorter than 16.
 */
export function maskSecret(key: string): string {
  const prefix = OPENAI_PREFIXES.find((known) => key.startsWith(known)) ?? "";
  if (key.length - prefix.length < 16) return "••••••••";
  return `${prefix}••••••••${key.slice(-4)}`;
}
