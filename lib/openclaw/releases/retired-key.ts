/** A key or value that a newer release refuses with the whole config, and its successor. */

import type { Json } from "@/lib/text/json5/types";

export interface RetiredKey {
  /** `*` matches every name or index. */
  readonly path: readonly string[];
  /** The new place (`*` repeats the matched name); without it or `values`, the key is removed. */
  readonly movedTo?: readonly string[];
  /** Limits it to these values, with their successors; one without a successor is removed. */
  readonly values?: ReadonlyArray<readonly [old: Json, now?: Json]>;
  /** Initial content of a new target object. */
  readonly begins?: { readonly path: readonly string[]; readonly value: Json };
  /** The list's entries come first in the new place, restricted to this use. */
  readonly capability?: string;
  /** The key is removed if the new place is taken. */
  readonly orGone?: true;
  /** Moves only this member of each object in a list. */
  readonly pick?: string;
  readonly factor?: number;
}
