/** Describes the credential that OpenClaw says it would use. */

import type {
  ModelsStatus,
  ProviderStatus,
  StatusProfile,
} from "@/lib/openclaw/command/models-status";
import { KEY_PROVIDER, OPENAI } from "@/lib/openclaw/releases/names";

/** Each kind has a message in `messages/*.json` under `credential.<kind>`. */
export type Credential =
  /** `account` is OpenClaw's name for it; "" if unknown or ambiguous. */
  | { readonly kind: "login"; readonly account: string }
  /** `key` is masked; may be "". */
  | { readonly kind: "key-variable" | "key-config" | "key-profile"; readonly key: string }
  | { readonly kind: "unknown"; readonly words: string };

/** A credential in OpenClaw's own store. */
export interface StoredCredential {
  /** The profile's id, such as `openai:default`. */
  readonly id: string;
  readonly kind: "key" | "login";
  /** The account, or the key as OpenClaw masks it; "" if unknown. */
  readonly shown: string;
  readonly isExpired: boolean;
}

/** In OpenClaw's order; `order` is as in `credentialOf`. */
export function storedIn(
  entry: ProviderStatus | undefined,
  order: readonly string[],
): readonly StoredCredential[] {
  const profiles = entry?.profiles ?? [];
  const named = order.flatMap((id) => profiles.filter((profile) => profile.id === id));
  const sorted = [...named, ...profiles.filter(isLogin), ...profiles];
  return [...new Set(sorted)].map((profile) => {
    const label = labelOf(entry, profile.id);
    return {
      id: profile.id,
      kind: isLogin(profile) ? "login" : "key",
      shown: isLogin(profile) ? accountIn(label) : label,
      isExpired: profile.status === "expired",
    };
  });
}

/** `order` is the provider's `auth.order`; without one, logins come before keys. */
export function credentialOf(
  entry: ProviderStatus | undefined,
  order: readonly string[],
): Credential {
  const { kind = "", detail = "" } = entry?.effective ?? {};
  if (kind === "env") return { kind: "key-variable", key: detail };
  if (kind === "models.json") return { kind: "key-config", key: detail };
  // "profiles" is OpenClaw's word for anything stored.
  if (!entry || kind !== "profiles") return { kind: "unknown", words: entry?.variable ?? kind };
  const named = order.flatMap((id) => entry.profiles.filter((profile) => profile.id === id));
  const logins = entry.profiles.filter(isLogin);
  const first = named[0] ?? logins[0] ?? entry.profiles[0];
  if (!first) return { kind: "unknown", words: "" };
  const label = labelOf(entry, first.id);
  if (!isLogin(first)) return { kind: "key-profile", key: label };
  const certain = named.length > 0 || logins.length === 1;
  return { kind: "login", account: certain ? accountIn(label) : "" };
}

/** The release writes this after a profile's name. */
function labelOf(entry: ProviderStatus | undefined, id: string): string {
  const label = entry?.profileLabels.find((text) => text.startsWith(`${id}=`));
  return label?.slice(id.length + 1) ?? "";
}

/** For example "OAuth (person@example.com)". */
function accountIn(label: string): string {
  return /\(([^()]+)\)$/u.exec(label)?.[1] ?? "";
}

export function hasBackup(
  status: ModelsStatus,
  provider: string,
  order: readonly string[],
): boolean {
  const entry = status.providers.find((one) => one.provider === provider);
  if (credentialOf(entry, order).kind !== "login") return false;
  const stored = entry?.profiles.some((profile) => !isLogin(profile)) ?? false;
  const another = status.providers.some((one) => one.provider === OPENAI && one.effective);
  const falls = (to: string) => status.fallbacks.some((ref) => ref.startsWith(`${to}/`));
  return stored || (provider !== OPENAI && another && falls(OPENAI)) || falls(KEY_PROVIDER);
}

function isLogin({ type }: StatusProfile): boolean {
  return type !== "api_key";
}
