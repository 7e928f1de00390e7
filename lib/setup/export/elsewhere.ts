/** This machine's snapshot without what belongs to it alone: its stores, logins and variables stay here. */

import type { Snapshot } from "@/lib/setup/types";

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
