/** The words of a scanned JSON5 text: its nodes by offset and its habits. */

import type { Json } from "@/lib/text/json5/types";

export const MAX_DEPTH = 500;

export interface Scalar {
  readonly kind: "scalar";
  readonly start: number;
  readonly end: number;
}
export interface Container {
  readonly kind: "object" | "array";
  /** Offset of the opening bracket; `end` is one past the closing one. */
  readonly start: number;
  readonly end: number;
  /** Offset at which the line of the opening bracket starts. */
  readonly lineStart: number;
  readonly entries: readonly Entry[];
}
export type Node = Scalar | Container;

/** A member of an object or an item of an array. */
export interface Entry {
  /** Offset of the key, or of the value where there is no key. */
  readonly start: number;
  readonly lineStart: number;
  /** Null in an array. */
  readonly key: string | null;
  readonly keyEnd: number;
  readonly value: Node;
  /** Offset of the comma after the value, -1 when there is none. */
  readonly comma: number;
}

export interface Habits {
  /** How keys that need no quotes are written, and which quotes the other keys have. */
  bareKeys: number;
  doubleKeys: number;
  singleKeys: number;
  quotedPlainKeys: number;
  doubleStrings: number;
  singleStrings: number;
  spacedColons: number;
  tightColons: number;
  /** Containers of several lines, by whether a comma follows their last entry. */
  trailingCommas: number;
  noTrailingCommas: number;
  /** One-line objects and arrays with entries, by whether a blank follows the bracket. */
  paddedObjects: number;
  tightObjects: number;
  paddedArrays: number;
  tightArrays: number;
  /** One level of indentation, "" when the text shows none. */
  unit: string;
  /** The first line ending, "" when the text has one line. */
  eol: string;
}

export interface Range {
  readonly start: number;
  readonly end: number;
}
export interface Scan {
  /** What the text means. */
  readonly value: Json;
  readonly root: Node;
  readonly comments: readonly Range[];
  readonly habits: Habits;
  /** Work done, in characters looked at. */
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
