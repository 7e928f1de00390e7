/** What the installed OpenClaw made of an exported config. */

import type { Preflight } from "@/lib/setup/verify/preflight";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";

export interface ExportTrial {
  readonly preflight: Preflight;
  /** Null where the config is refused already. */
  readonly rehearsal: Rehearsal | null;
}
