/** The types of a file transaction: the changes it makes and the reasons it refuses. */

/** Bytes are exact; `null` means the file does not exist. */
export interface FileChange {
  /** An absolute path as the user knows it; the transaction resolves its links. */
  readonly path: string;
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
  /** Final permission bits, e.g. 0o600; a stricter existing mode is kept. */
  readonly mode: number;
}

/** Each code has a message in `messages/*.json` under `write.*`. */
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
  | "openclaw-running"
  | "io";

export interface WriteRefusal {
  readonly code: WriteRefusalCode;
  readonly path: string;
  /** The system's own message; never file content. */
  readonly detail: string;
}

export interface AppliedTransaction {
  /** Sortable, unique and safe as a file name. */
  readonly id: string;
  readonly at: string;
  readonly files: ReadonlyArray<{
    readonly path: string;
    /** Where the previous bytes are kept; `null` for a new file. */
    readonly backup: string | null;
    readonly created: boolean;
  }>;
}

export interface StoredTransaction extends AppliedTransaction {
  readonly label: string;
  readonly undoes: string | null;
  readonly undoneBy: string | null;
}

/** All lists are empty after a clean start. */
export interface RecoveryReport {
  readonly finished: readonly string[];
  readonly rolledBack: readonly string[];
  readonly leftAlone: readonly string[];
  readonly files: readonly string[];
  readonly foreign: readonly string[];
}

export const NOTHING_RECOVERED: RecoveryReport = {
  finished: [],
  rolledBack: [],
  leftAlone: [],
  files: [],
  foreign: [],
};

export interface FileState {
  readonly path: string;
  /** `null` if there is no file; then `mode` and `sha256` are `null` too. */
  readonly bytes: Uint8Array | null;
  readonly mode: number | null;
  readonly sha256: string | null;
}
