/** The words the file transaction speaks: what is to be changed, and why a change was refused. */

/** One file of a transaction. Bytes are exact; `null` stands for "the file does not exist". */
export interface FileChange {
  /** Absolute path as the person knows it; links in it are resolved by the transaction. */
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  /** Permission bits of the file afterwards, e.g. 0o600. */
  readonly mode: number;
}

/** Why nothing was written. Every member has its own message in `messages/*.json` under `write.*`. */
export type WriteRefusalCode =
  | "changed-since-preview"
  | "locked"
  | "not-writable"
  | "read-only-file-system"
  | "disk-full"
  | "quota"
  | "name-too-long"
  | "not-a-regular-file"
  | "symlink-outside"
  | "hard-linked"
  | "other-owner"
  | "path-escapes"
  | "io";

export interface WriteRefusal {
  readonly code: WriteRefusalCode;
  readonly path: string;
  /** The operating system's own words, for the details fold; never a file's content. */
  readonly detail: string;
}

/** What a finished transaction left behind; enough to undo it. */
export interface AppliedTransaction {
  /** Sortable, unique, safe as a file name. */
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  readonly files: ReadonlyArray<{
    readonly path: string;
    /** Where the previous bytes were kept; `null` when the file did not exist before. */
    readonly backup: string | null;
    readonly created: boolean;
  }>;
}
