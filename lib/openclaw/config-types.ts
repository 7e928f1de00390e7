/** The words the config editor speaks: values, edits, and why an edit was refused. */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type ConfigPath = ReadonlyArray<string | number>;

/** One change to a JSON5 document, by meaning. `set` creates missing parents as objects. */
export type ConfigEdit =
  | { readonly op: "set"; readonly path: ConfigPath; readonly value: Json }
  | { readonly op: "remove"; readonly path: ConfigPath };

export interface ConfigParseError {
  readonly code: "syntax" | "not-an-object" | "not-utf8" | "template-literal" | "too-deep";
  /** 1-based, as editors count. */
  readonly line: number;
  readonly column: number;
  /** The parser's own words. */
  readonly detail: string;
}

/** Why an edit cannot be made without touching what is not ours. Nothing was changed. */
export interface EditRefusal {
  readonly code: "unparsable" | "duplicate-key" | "parent-not-object" | "include" | "not-faithful";
  readonly path: ConfigPath;
  readonly detail: string;
}
