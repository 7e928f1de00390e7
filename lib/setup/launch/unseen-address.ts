/** Tells that the gateway will not know the address that only this page's environment names. */

import type { Environment } from "@/lib/openclaw/places/home";
import { ADDRESS_VARIABLE } from "@/lib/openclaw/releases/names";
import type { Plan } from "@/lib/setup/types";

export interface UnseenAddress {
  /** The host where the key was checked. */
  readonly to: string;
  /** A service has another environment; an older release ignores the variable everywhere. */
  readonly why: "service" | "release";
}

/** Null where the address is written down, or is not this environment's. Pure. */
export function unseenAddress(
  { repairs, snapshot }: Pick<Plan, "repairs" | "snapshot">,
  env: Environment,
): UnseenAddress | null {
  const repair = repairs.find(({ kind }) => kind === "checked-address");
  const to = hostIn(env[ADDRESS_VARIABLE]);
  if (!repair || (repair.accepted && repair.blocked === null)) return null;
  if (to === null || repair.data["to"] !== to) return null;
  if (!snapshot.era.followsBaseUrlVariable) return { to, why: "release" };
  const told = snapshot.serviceVariables.findLast(({ name }) => name === ADDRESS_VARIABLE);
  return hostIn(told?.value) === to ? null : { to, why: "service" };
}

function hostIn(address: string | undefined): string | null {
  const text = address?.trim() ?? "";
  return URL.canParse(text) ? new URL(text).host : null;
}
