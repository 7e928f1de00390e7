/** Why a command did not do what it was asked for: a code for programs, sentences for people. */

import type { ExitCode } from "@/cli/exit-codes";

export interface Failure {
  /** For programs; stays the same in every language and release. */
  readonly code: string;
  readonly exit: ExitCode;
  /** What is wrong, in the person's language. */
  readonly what: string;
  /** What to do next; "" where there is nothing to say. */
  readonly next: string;
  /** Where; null where it is about no file. */
  readonly path?: string | null;
  /** The words of the system, OpenClaw or OpenAI, without secrets. */
  readonly detail?: string;
}
