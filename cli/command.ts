/** The type of a command. */

import type { ExitCode } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import type { Terminal } from "@/cli/terminal";
import type { Result } from "@/lib/result";

export interface Answer {
  /** A document that follows a schema in `cli/report`. */
  readonly report: unknown;
  readonly lines: readonly string[];
  /** `0` unless the command succeeded and something still speaks against the result. */
  readonly exit: ExitCode;
}

/** Throws only unexpected errors and `UnreadableFile`. */
export type Command = (options: Options, terminal: Terminal) => Promise<Result<Answer, Failure>>;
