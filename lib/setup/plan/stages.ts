/** The results of the plan's stages, for its texts. */

import type { PlannedCredential } from "@/lib/setup/plan/credential";
import type { PlannedDefaultModel } from "@/lib/setup/plan/default-model";
import type { MadeEdits } from "@/lib/setup/plan/edits";
import type { PlannedFiles } from "@/lib/setup/plan/files";
import type { PlannedHandOver } from "@/lib/setup/plan/hand-over";

export interface Stages {
  readonly credential: PlannedCredential;
  readonly defaultModel: PlannedDefaultModel;
  readonly edits: MadeEdits;
  readonly handOver: PlannedHandOver;
  readonly files: PlannedFiles;
}
