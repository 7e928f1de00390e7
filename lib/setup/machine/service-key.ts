/** Finds a key in the gateway's service that would override the new one. */

import { KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import type { Snapshot } from "@/lib/setup/snapshot";

export interface ServiceKey {
  /** Secret. */
  readonly value: string;
  readonly file: string;
}

/** Null if a gateway started by the service would use `apiKey`. Pure. */
export function serviceKeyAgainst(
  { serviceVariables, era }: Pick<Snapshot, "serviceVariables" | "era">,
  apiKey: string | null,
): ServiceKey | null {
  const { managedServiceWins } = era.credentials;
  const other = serviceVariables.find(
    ({ name, value, isManaged }) =>
      name === KEY_VARIABLE &&
      value.trim() !== "" &&
      value.trim() !== apiKey &&
      (managedServiceWins || !isManaged),
  );
  return other ? { value: other.value.trim(), file: other.file } : null;
}
