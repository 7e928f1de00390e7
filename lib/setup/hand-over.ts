/** How a ChatGPT login reaches the installed release: the profile, its file, and what has to run. */

import { createHash } from "node:crypto";
import { parseConfig } from "@/lib/openclaw/config-parse";
import type { ConfigEdit, Json } from "@/lib/openclaw/config-types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/openclaw/config-value";
import { err, ok, type Result } from "@/lib/result";
import type { ChatGptChoices, HandOver, LoginTokens, Snapshot } from "@/lib/setup/types";

export interface PlannedHandOver {
  readonly handOver: HandOver;
  /** In the config: the order that lets the new login be used. */
  readonly edits: readonly ConfigEdit[];
}

/** Pure. The error is the reason why the file with the other logins cannot be read. */
export function handOverFor(
  snapshot: Snapshot,
  config: Json,
  choices: ChatGptChoices,
): Result<PlannedHandOver, string> {
  const route = snapshot.era.login;
  const parsed = snapshot.profilesBytes === null ? null : parseConfig(snapshot.profilesBytes);
  if (parsed && !parsed.ok) return err(parsed.error.detail);
  const store = parsed?.value.value ?? {};
  const isImport = route.kind === "doctor-import";
  const provider = isImport ? route.fileProvider : route.provider;
  const storedProvider = isImport ? route.storedProvider : route.provider;
  // A name that is stored already may keep its old tokens (see SecondLogin).
  const name = `setup-${createHash("sha256").update(choices.login.accessToken).digest("hex").slice(0, 8)}`;
  const usual = isImport ? "" : route.profileId;
  const occupied = valueAt(store, ["profiles", usual, "type"]);
  const fileId = isImport
    ? `${provider}:${name}`
    : occupied === undefined || occupied === "oauth"
      ? usual
      : `${provider}:${name}`;
  const storedId = isImport ? `${storedProvider}:${name}` : fileId;
  const after = withProfile(store, fileId, profileOf(provider, choices.login));
  const handOver: HandOver = {
    kind: isImport ? "import" : "file",
    file: {
      path: snapshot.profilesPath,
      before: snapshot.profilesBytes,
      after: new TextEncoder().encode(`${JSON.stringify(after, null, 2)}\n`),
      mode: 0o600,
    },
    provider: storedProvider,
    profileId: storedId,
    expiresAt: choices.login.expiresAt,
    command: isImport ? ["doctor", "--fix", "--non-interactive"] : [],
    privateConfig: `${JSON.stringify(privateConfig(choices.model, snapshot), null, 2)}\n`,
  };
  const others = otherProfiles(store, fileId, provider);
  return ok({ handOver, edits: orderEdits(snapshot, config, storedProvider, storedId, others) });
}

function profileOf(provider: string, login: LoginTokens): Json {
  return {
    type: "oauth",
    provider,
    access: login.accessToken,
    refresh: login.refreshToken,
    expires: login.expiresAt,
    ...(login.accountId === null ? {} : { accountId: login.accountId }),
    ...(login.email === null ? {} : { email: login.email }),
  };
}

function withProfile(store: Json, id: string, profile: Json): Json {
  const object = isJsonObject(store) ? store : {};
  const profiles = isJsonObject(object["profiles"]) ? object["profiles"] : {};
  const usage = isJsonObject(object["usageStats"]) ? object["usageStats"] : null;
  // A pause after failures of the old login is none of the new one.
  const { [id]: _old, ...otherUsage } = usage ?? {};
  return {
    version: 1,
    ...object,
    profiles: { ...profiles, [id]: profile },
    ...(usage ? { usageStats: otherUsage } : {}),
  };
}

function otherProfiles(store: Json, id: string, provider: string): string[] {
  const profiles = valueAt(store, ["profiles"]);
  if (!isJsonObject(profiles)) return [];
  return Object.keys(profiles).filter(
    (other) => other !== id && valueAt(profiles, [other, "provider"]) === provider,
  );
}

/** `auth.order` where the new login would not come first by itself. */
function orderEdits(
  { era, hasStore }: Snapshot,
  config: Json,
  provider: string,
  id: string,
  others: readonly string[],
): ConfigEdit[] {
  const path = ["auth", "order", provider];
  const explicit = valueAt(config, path);
  const listed = valueAt(config, ["auth", "profiles"]);
  const configured = isJsonObject(listed)
    ? Object.keys(listed).filter((other) => valueAt(listed, [other, "provider"]) === provider)
    : [];
  // No release that imports is sure to use the newest of several (see SecondLogin).
  const waits = era.login.kind === "doctor-import" && hasStore;
  const before = isJsonArray(explicit)
    ? explicit.filter((other): other is string => typeof other === "string")
    : configured.length > 0
      ? configured
      : era.login.kind === "auth-profiles-json" && others.length > 0
        ? others
        : waits
          ? []
          : null;
  if (before === null) return [];
  return [{ op: "set", path, value: [id, ...before.filter((other) => other !== id)] }];
}

/** As little as the command needs to run; it rewrites this file instead of the person's own. */
function privateConfig(model: string, { era }: Snapshot): Json {
  const pin = era.runtimePin;
  const pinned = pin && { models: { [model]: { agentRuntime: { id: pin.id } } } };
  return { agents: { defaults: { model: { primary: model }, ...(pinned ?? {}) } } };
}
