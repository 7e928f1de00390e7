/** The type of a finding, and whether the user accepts it. */

import type { Choices } from "@/lib/setup/choices";
import type { Repair } from "@/lib/setup/types";
import type { ConfigEdit } from "@/lib/text/json5/types";

export interface Finding extends Omit<Repair, "accepted" | "blocked" | "onRequest"> {
  readonly edits: readonly ConfigEdit[];
  /** The setting works, so the change needs an explicit request. */
  readonly onRequest?: boolean;
  readonly clearDotenv?: string;
  readonly setDotenv?: { readonly name: string; readonly value: string };
}

export function isWanted(
  { id, onRequest }: Pick<Finding, "id" | "onRequest">,
  { accepted, declined }: Pick<Choices, "accepted" | "declined">,
): boolean {
  return onRequest ? accepted.includes(id) : !declined.includes(id);
}
