/** What one repair found: what it would change, and whether the person wants it. */

import type { Choices, Repair } from "@/lib/setup/types";
import type { ConfigEdit } from "@/lib/text/json5/types";

export interface Finding extends Omit<Repair, "accepted" | "blocked" | "onRequest"> {
  readonly edits: readonly ConfigEdit[];
  /** Works as it is: changed only where the person asks for it. */
  readonly onRequest?: boolean;
  /** Takes the variable of this name out of `.env` as well. */
  readonly clearDotenv?: string;
  /** Puts a variable into `.env` as well. */
  readonly setDotenv?: { readonly name: string; readonly value: string };
}

/** Whether the choices make it: unless declined, or only when asked for. */
export function isWanted(
  { id, onRequest }: Pick<Finding, "id" | "onRequest">,
  { accepted, declined }: Pick<Choices, "accepted" | "declined">,
): boolean {
  return onRequest ? accepted.includes(id) : !declined.includes(id);
}
