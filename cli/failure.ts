/** The failure of a command: a code for programs, sentences for people. */

import type { ExitCode } from "@/cli/exit-codes";

export interface Failure {
  /** Stable across languages and releases. */
  readonly code: string;
  readonly exit: ExitCode;
  readonly what: string;
  readonly next: string;
  /** Null if it concerns no file. */
  readonly path?: string | null;
  /** The message of the system, OpenClaw or OpenAI, without secrets. */
  readonly detail?: string;
}
