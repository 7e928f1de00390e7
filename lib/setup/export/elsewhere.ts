/** Removes this machine's stores, logins and variables from a snapshot. */

import type { Snapshot } from "@/lib/setup/snapshot";

export function elsewhere(
  snapshot: Snapshot,
  release: Pick<Snapshot, "version" | "era" | "certainty">,
): Snapshot {
  return {
    ...snapshot,
    ...release,
    profile: null,
    configLink: null,
    backupBytes: null,
    dotenvBytes: null,
    profilesBytes: null,
    authStateBytes: null,
    agentStores: [],
    hasStore: false,
    storesKeyProfile: false,
    environmentKey: null,
    environmentKeys: [],
    serviceVariables: [],
    unfitVariables: [],
  };
}
