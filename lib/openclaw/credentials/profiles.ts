/** Reads OpenAI profiles of an `auth-profiles.json` in the order OpenClaw tries them. */

import * as z from "zod";
import { ordersOf, profileIds } from "@/lib/openclaw/credentials/store";
import type { CredentialRules } from "@/lib/openclaw/releases/facts";
import type { Json } from "@/lib/text/json5/types";
import { textsAt, valueAt } from "@/lib/text/json5/value";

const text = z.string().trim().min(1).optional().catch(undefined);
const Profile = z.object({
  type: z.enum(["api_key", "oauth", "token"]),
  provider: z.string(),
  key: text,
  keyRef: z.object({ source: z.string(), id: z.string() }).optional().catch(undefined),
  access: text,
  refresh: text,
  token: text,
});
const Store = z.object({
  profiles: z.record(z.string(), z.unknown()),
});

export interface AuthProfile {
  readonly id: string;
  readonly provider: string;
  readonly kind: "api-key" | "oauth";
  /** Never leaves `lib/openclaw/credentials/found.ts`; null for a reference. */
  readonly secret: string | null;
  readonly variable: string | null;
}

/** Best profile first; null if the file is no store. */
export function profilesOf(
  store: Json,
  provider: string,
  config: Json,
  { profileReferences }: Pick<CredentialRules, "profileReferences">,
): readonly AuthProfile[] | null {
  const parsed = Store.safeParse(store);
  if (!parsed.success) return null;
  const usable = new Map<string, AuthProfile>();
  for (const [id, raw] of Object.entries(parsed.data.profiles)) {
    const profile = Profile.safeParse(raw);
    if (!profile.success || profile.data.provider !== provider) continue;
    const { type, key, keyRef, access, refresh, token } = profile.data;
    const isKey = type === "api_key";
    const secret = isKey ? key : type === "token" ? token : (access ?? refresh);
    const refers = isKey && secret === undefined && profileReferences ? keyRef : undefined;
    if (secret === undefined && !refers) continue;
    const variable = refers?.source === "env" ? refers.id : null;
    const kind = isKey ? "api-key" : "oauth";
    usable.set(id, { id, provider, kind, secret: secret ?? null, variable });
  }
  const told = ordersOf(store);
  const explicit = told[provider] ?? textsAt(config, ["auth", "order", provider]);
  const ids = explicit ?? configured(config, provider) ?? [...usable.keys()];
  const found = [...new Set(ids)].flatMap((id) => usable.get(id) ?? []);
  // By default, logins come before keys (2026.2.9, 2026.6.10, 2026.9.6).
  if (explicit) return found;
  const rank = (profile: AuthProfile) => (profile.kind === "oauth" ? 0 : 1);
  return [...found].sort((a, b) => rank(a) - rank(b));
}

function configured(config: Json, provider: string): string[] | null {
  const ids = profileIds(valueAt(config, ["auth", "profiles"]), provider);
  return ids.length > 0 ? ids : null;
}
