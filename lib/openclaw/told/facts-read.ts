/** The facts read of a release with their sources, and the reasons for unread ones. */

import type { SomeFacts } from "@/lib/openclaw/releases/facts";
import type { Unread } from "@/lib/openclaw/told/private-asking";

/** The source of a fact; the row supplies the rest. */
export type FactSource = "package" | "manifest" | "schema" | "help" | "trial";

export type FactName =
  | "node"
  | "models"
  | "keyPlaces"
  | "keyStore"
  | "login"
  | "runtime"
  | "retiredKeys"
  | "commands";

export interface ReadFact {
  readonly fact: FactName;
  readonly source: FactSource;
}

export interface UnreadFact extends ReadFact {
  readonly why: Unread | "missing";
}

export interface Part {
  readonly facts: SomeFacts;
  readonly read: readonly ReadFact[];
  readonly unread: readonly UnreadFact[];
}

export function part(source: FactSource, facts: SomeFacts, ...names: readonly FactName[]): Part {
  return { facts, read: names.map((fact) => ({ fact, source })), unread: [] };
}

export function lacking(
  source: FactSource,
  why: UnreadFact["why"],
  ...names: readonly FactName[]
): Part {
  return { facts: {}, read: [], unread: names.map((fact) => ({ fact, source, why })) };
}
