/** The types of the config editor: values, edits and refusals. */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type ConfigPath = ReadonlyArray<string | number>;

/**
 * One change to a document. `set` and `move` create missing parents as objects.
 * `move` takes `path` to `to` with its comments; `value` is the value there.
 * `emptied` limits how many objects that become empty are removed, innermost first.
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
  readonly line: number;
  /** 1-based, in UTF-16 units, without a byte order mark. */
  readonly column: number;
  readonly detail: string;
}

export type IncludeReason =
  /** The value is merged from several files, or one file is included twice. */
  "merged" | "joined-list" | "set-in-several" | "outside" | "one-file-twice" | "nowhere";

/**
 * Why an edit was refused; nothing was changed.
 * - `unparsable`: not JSON5; `detail` has the position.
 * - `duplicate-key`: one object repeats a key of the path.
 * - `parent-not-object`: an existing value cannot hold the rest of the path.
 * - `bad-path`: an index past the end, or a removal of the root.
 * - `include`: no single edit can change the included value.
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
  readonly reason?: IncludeReason;
  readonly file?: string;
}
