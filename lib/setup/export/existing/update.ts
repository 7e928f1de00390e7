/** Applies the choices to an existing deployment's config, leaving its other bytes alone. */

import { err, ok, type Result } from "@/lib/result";
import { configInConfigMap, withConfigInConfigMap } from "@/lib/setup/export/existing/config-map";
import type { Folder, FoundDeployment } from "@/lib/setup/export/existing/recognise";
import { type ExportChoices, planForRelease } from "@/lib/setup/export/plan-for-release";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { PlanRefusal } from "@/lib/setup/types";

export interface UpdatedFile {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export type UpdateRefusal =
  | { readonly code: "plan"; readonly path: string; readonly refusal: PlanRefusal }
  | { readonly code: "not-replaced"; readonly path: string };

/** The deployment itself decides how its gateway is reached. */
const NOT_OURS = "gateway-defaults";

/** Returns changed files only, or fails as a whole. Pure. */
export function updateDeployment(
  snapshot: Snapshot,
  { files }: Folder,
  { configs }: FoundDeployment,
  choices: ExportChoices,
  release: string,
): Result<readonly UpdatedFile[], UpdateRefusal> {
  const updated: UpdatedFile[] = [];
  for (const { path, inside } of configs) {
    const before = files.get(path) ?? "";
    const config = inside === "file" ? before : (configInConfigMap(before) ?? "");
    const there: Snapshot = {
      ...snapshot,
      configBytes: new TextEncoder().encode(config),
      included: { files: new Map(), realPaths: new Map(), allowedRoots: [] },
    };
    const declined = [...choices.declined, NOT_OURS];
    const planned = planForRelease(there, { ...choices, declined }, release);
    if (!planned.ok) return err({ code: "plan", path, refusal: planned.error });
    const now = planned.value.plan.config.after;
    if (now === config) continue;
    const after = inside === "file" ? now : withConfigInConfigMap(before, now);
    if (after === null) return err({ code: "not-replaced", path });
    updated.push({ path, before, after });
  }
  return ok(updated);
}
