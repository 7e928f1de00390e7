/** The installed OpenClaw's verdict on an exported config. */

import type { Preflight } from "@/lib/setup/verify/preflight";
import type { Rehearsal } from "@/lib/setup/verify/rehearsal/verdict";

export interface ExportTrial {
  readonly preflight: Preflight;
  readonly rehearsal: Rehearsal | null;
}
