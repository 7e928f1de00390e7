/** What the installed OpenClaw made of an exported config. */

import type { Judgement } from "@/lib/setup/verify/preflight";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";

export interface ExportTrial {
  readonly judgement: Judgement;
  /** Null where the config is refused already. */
  readonly rehearsal: Rehearsal | null;
}
