/** The words the file transaction speaks: what is to be changed, and why a change was refused. */

/** One file of a transaction. Bytes are exact; `null` stands for "the file does not exist". */
export interface FileChange {
  /** Absolute path as the person knows it; links in it are resolved by the transaction. */
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  /** Permission bits of the file afterwards, e.g. 0o600; a stricter mode already there is kept. */
  readonly mode: number;
}

/** Why nothing was written. Every member has its own message in `messages/*.json` under `write.*`. */
export type WriteRefusalCode =
  | "changed-since-preview"
  | "locked"
  | "not-writable"
  | "not-readable"
  | "read-only-file-system"
  | "disk-full"
  | "quota"
  | "name-too-long"
  | "too-large"
  | "not-a-regular-file"
  | "symlink-outside"
  | "symlink-loop"
  | "hard-linked"
  | "mount-point"
  | "other-owner"
  | "path-escapes"
  | "same-file-twice"
  | "unknown-transaction"
  | "backup-damaged"
  | "recovery-needed"
  /** A store that a running OpenClaw has open cannot be put back. */
  | "openclaw-running"
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
  /** The files that were really changed; empty when every file already was as asked. */
  readonly files: ReadonlyArray<{
    readonly path: string;
    /** Where the previous bytes were kept; `null` when the file did not exist before. */
    readonly backup: string | null;
    readonly created: boolean;
  }>;
}

/** A transaction as kept on disk. */
export interface StoredTransaction extends AppliedTransaction {
  readonly label: string;
  /** The transaction this one took back; `null` for an ordinary one. */
  readonly undoes: string | null;
  /** The transaction that took this one back, as far as it is still kept. */
  readonly undoneBy: string | null;
}

/** What `recover` did about a transaction that was cut off. All lists are empty on a clean start. */
export interface RecoveryReport {
  /** Ids carried through to the new state. */
  readonly finished: readonly string[];
  /** Ids taken back to the old state. */
  readonly rolledBack: readonly string[];
  /** Files another program had changed meanwhile; they were not touched. */
  readonly leftAlone: readonly string[];
  /** Every file that was finished or put back. */
  readonly files: readonly string[];
  /** What lies in our folder, tells of a write, and was not made by this installation. */
  readonly foreign: readonly string[];
}

export const NOTHING_RECOVERED: RecoveryReport = {
  finished: [],
  rolledBack: [],
  leftAlone: [],
  files: [],
  foreign: [],
};

/** A file as the planner sees it. */
export interface FileState {
  readonly path: string;
  /** `null` when there is no such file; then `mode` and `sha256` are `null` too. */
  readonly bytes: Uint8Array | null;
  readonly mode: number | null;
  /** Lower-case hexadecimal. */
  readonly sha256: string | null;
}
