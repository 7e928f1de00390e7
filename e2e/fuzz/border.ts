/** A place where something comes in that others made, and how one case of it is tried. */

import type fc from "fast-check";

export interface Border<T> {
  readonly cases: fc.Arbitrary<T>;
  /** What must be in no output. */
  readonly secrets: readonly string[];
  /** Tries one; resolves to everything that it would show or print. Rejects for a fault. */
  run(one: T): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A border with its type of cases closed over, as the loop over all of them takes it. */
export interface AnyBorder {
  readonly secrets: readonly string[];
  property(wrap: Wrap): fc.IAsyncProperty<[unknown]>;
  close(): Promise<void>;
}
/** Runs one case and judges what came of it. */
export type Wrap = (
  work: () => Promise<readonly string[]>,
  secrets: readonly string[],
) => Promise<void>;
