/** What a command of the command line is. */

import type { ExitCode } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import type { Terminal } from "@/cli/terminal";
import type { Result } from "@/lib/result";

/** What a command brought to light, in both forms. */
export interface Answer {
  /** For programs: one document, as its schema in `cli/report` says. */
  readonly report: unknown;
  /** For people: lines of standard output. */
  readonly lines: readonly string[];
  /** `0` unless what was asked for is done and something still speaks against it. */
  readonly exit: ExitCode;
}

/** Throws only what nobody can act on, and `UnreadableFile`. */
export type Command = (options: Options, terminal: Terminal) => Promise<Result<Answer, Failure>>;
