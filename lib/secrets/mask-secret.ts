/** Masks one secret for display. */

/** These prefixes reveal only the kind of key. */
const OPENAI_PREFIXES = ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-", "sk-"] as const;

/** For example `sk-proj-••••••••1a2b`; a secret part shorter than 16 characters is hidden entirely. */
export function maskSecret(key: string): string {
  const prefix = OPENAI_PREFIXES.find((known) => key.startsWith(known)) ?? "";
  if (key.length - prefix.length < 16) return "••••••••";
  return `${prefix}••••••••${key.slice(-4)}`;
}
