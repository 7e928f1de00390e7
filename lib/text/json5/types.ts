/** The words the config editor speaks: values, edits, and why an edit was refused. */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type ConfigPath = ReadonlyArray<string | number>;

/**
 * One change to a JSON5 document, by meaning. `set` and `move` create missing parents as objects; `move` takes what
 * is at `path` to `to`, where it is `value`, with the comments that are about it. `emptied`: so many objects above
 * go as well, from the inside out, where nothing is left in them.
 */
export type ConfigEdit =
  | { readonly op: "set"; readonly path: ConfigPath; readonly value: Json }
  | { readonly op: "remove"; readonly path: ConfigPath; readonly emptied?: number }
  | {
      readonly op: "move";
      readonly path: ConfigPath;
      readonly to: ConfigPath;
      readonly value: Json;
      readonly emptied?: number;
    };

export interface ConfigParseError {
  readonly code:
    | "syntax"
    | "not-an-object"
    | "not-utf8"
    | "template-literal"
    | "placeholder"
    | "too-deep";
  /** 1-based, as editors count. */
  readonly line: number;
  /** 1-based, in UTF-16 units; a byte order mark takes no column. */
  readonly column: number;
  /** The parser's own words. */
  readonly detail: string;
}

/** Why a key that comes from `$include` cannot be set. */
export type IncludeReason =
  /** The value is merged from several files, or one file stands in several places. */
  "merged" | "joined-list" | "set-in-several" | "outside" | "one-file-twice" | "nowhere";

/**
 * Why an edit cannot be made without touching what is not ours. Nothing was changed.
 * - `unparsable`: the text is not JSON5; `detail` has the position.
 * - `duplicate-key`: a key of the path is written twice in one object, JSON5 uses the last.
 * - `parent-not-object`: something on the path exists and cannot hold the next part of it.
 * - `bad-path`: the path cannot exist: an array index past the end, or a removal of everything.
 * - `include`: the value comes from `$include` in a way that no single edit can change.
 * - `not-faithful`: the edited text did not read back as intended.
 */
export interface EditRefusal {
  readonly code:
    | "unparsable"
    | "duplicate-key"
    | "parent-not-object"
    | "bad-path"
    | "include"
    | "not-faithful";
  readonly path: ConfigPath;
  readonly detail: string;
  /** With `include`: which way. */
  readonly reason?: IncludeReason;
  /** The file it is about, where several are in play. */
  readonly file?: string;
}
