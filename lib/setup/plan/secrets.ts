/** Plan stage: collects the secrets in its files, before and after, for masking. */

import { storeIn } from "@/lib/openclaw/credentials/store";
import { collectSecrets } from "@/lib/secrets/mask";
import { isSecretAnywhere } from "@/lib/secrets/reach";
import type { PlannedFiles } from "@/lib/setup/plan/files";
import { type Given, readSources } from "@/lib/setup/plan/sources";
import { olderValue } from "@/lib/setup/repairs/older-backup";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan } from "@/lib/setup/types";
import type { Json } from "@/lib/text/json5/types";

export function secretsOf(snapshot: Snapshot): readonly string[] {
  const sources = readSources(snapshot);
  if (!sources.ok) return [];
  const { config, dotenv } = sources.value;
  const logins = [snapshot, ...snapshot.agentStores].map((one) => storeIn(one.profilesBytes));
  return collectSecrets([config, ...logins], dotenv, []);
}

export function planSecrets(
  { snapshot, choices, sources }: Given,
  after: PlannedFiles,
): Pick<Plan, "secrets" | "newSecrets"> {
  const { config, dotenv, resolved } = sources;
  const newSecrets = [
    ...(choices.apiKey === null ? [] : [choices.apiKey]),
    ...(choices.auth === "chatgpt" ? [choices.login.accessToken, choices.login.refreshToken] : []),
    choices.gatewayToken,
  ];
  // A value that another file overrides may still be secret.
  const logins = [snapshot, ...snapshot.agentStores].map((one) => storeIn(one.profilesBytes));
  const values: Json = [
    ...new Set([config, ...logins, ...resolved.files.map((source) => source.value)]),
  ];
  // A placeholder key such as "ollama" is an ordinary word elsewhere.
  const everywhere = newSecrets.filter((secret) => isSecretAnywhere(secret, new Set()));
  const found = collectSecrets(values, dotenv, everywhere);
  const older = collectSecrets(olderValue(snapshot), "", found);
  return {
    newSecrets: everywhere,
    secrets: collectSecrets(after.config.value, after.dotenv, older),
  };
}
