/** The context of every step of a talk, and how failures are reported. */

import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import type { Asker } from "@/cli/talk/asker";
import type { Terminal } from "@/cli/terminal";
import type { Job } from "@/lib/system/job";
import { visible } from "@/lib/text/visible";

export interface Talk {
  readonly options: Options;
  readonly terminal: Terminal;
  readonly asker: Asker;
}

/** The talk continues afterwards. */
export function sayFailure({ asker }: Pick<Talk, "asker">, failure: Failure): void {
  const { what, next, detail = "" } = failure;
  const lines = [what, next, detail].flatMap((text) => text.split("\n")).filter(Boolean);
  asker.say(["", ...lines.map((line, at) => `${at === 0 ? "! " : "  "}${visible(line)}`)]);
}

/** Null while it runs, or after it failed. */
export function answerOf<T>({ result }: Job<T>): T | null {
  return result?.kind === "done" ? result.value : null;
}
