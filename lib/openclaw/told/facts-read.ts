/** What was read of a release and where, and what could not be read and why. */

import type { SomeFacts } from "@/lib/openclaw/releases/facts";
import type { Unread } from "@/lib/openclaw/told/private-asking";

/** Where a fact comes from; what is in none of them comes from the row. */
export type FactSource = "package" | "manifest" | "schema" | "help" | "trial";

/** What is read of a release, as people are told it. */
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

/** A part of a row with where it comes from, or why it could not be read. */
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
