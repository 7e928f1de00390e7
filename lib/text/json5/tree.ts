/** The node types of scanned JSON5 text: offsets and formatting habits. */

import type { Json } from "@/lib/text/json5/types";

export const MAX_DEPTH = 500;

export interface Scalar {
  readonly kind: "scalar";
  readonly start: number;
  readonly end: number;
}
export interface Container {
  readonly kind: "object" | "array";
  /** The opening bracket; `end` is the offset after the closing one. */
  readonly start: number;
  readonly end: number;
  readonly lineStart: number;
  readonly entries: readonly Entry[];
}
export type Node = Scalar | Container;

export interface Entry {
  /** The key, or the value in an array. */
  readonly start: number;
  readonly lineStart: number;
  readonly key: string | null;
  readonly keyEnd: number;
  readonly value: Node;
  /** The comma after the value; -1 without one. */
  readonly comma: number;
}

export interface Habits {
  bareKeys: number;
  doubleKeys: number;
  singleKeys: number;
  quotedPlainKeys: number;
  doubleStrings: number;
  singleStrings: number;
  spacedColons: number;
  tightColons: number;
  /** Counts of multi-line containers with and without a trailing comma. */
  trailingCommas: number;
  noTrailingCommas: number;
  /** Counts of one-line containers with and without inner padding. */
  paddedObjects: number;
  tightObjects: number;
  paddedArrays: number;
  tightArrays: number;
  unit: string;
  eol: string;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}
export interface Scan {
  readonly value: Json;
  readonly root: Node;
  readonly comments: readonly Range[];
  readonly habits: Habits;
  readonly steps: number;
}

export class ScanError extends Error {
  constructor(
    readonly offset: number,
    readonly tooDeep = false,
  ) {
    super(tooDeep ? `nested more than ${MAX_DEPTH} levels deep` : "unexpected text");
    this.name = "ScanError";
  }
}
