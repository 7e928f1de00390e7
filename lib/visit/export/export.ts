/** Exports a visit's choices for an engine, without its secrets. */

import type { Result } from "@/lib/result";
import type { Folder, FoundDeployment } from "@/lib/setup/export/existing/recognise";
import {
  type UpdatedFile,
  type UpdateRefusal,
  updateDeployment,
} from "@/lib/setup/export/existing/update";
import { type ExportTarget, exportSetup } from "@/lib/setup/export/export-setup";
import { exportFleet, type Fleet, isFleetEngine } from "@/lib/setup/export/fleet";
import type { FleetInstance } from "@/lib/setup/export/fleet-instances";
import type { ExportChoices } from "@/lib/setup/export/plan-for-release";
import type { Export, ExportRefusal } from "@/lib/setup/export/types";
import type { Snapshot } from "@/lib/setup/snapshot";
import { givenKey } from "@/lib/visit/key-state";
import { asChecked } from "@/lib/visit/plan-for-visit";
import type { Visit } from "@/lib/visit/visit";

/** Null until a credential and a model are chosen. */
export function exportOf(
  visit: Visit,
  snapshot: Snapshot,
  target: ExportTarget,
): Result<Export, ExportRefusal> | null {
  const choices = choicesOf(visit);
  return choices && exportSetup(checked(visit, snapshot), choices, target);
}

/** Null until a credential and a model are chosen, and for an engine without fleets. */
export function fleetOf(
  visit: Visit,
  snapshot: Snapshot,
  { engine, release }: ExportTarget,
  instances: readonly FleetInstance[],
): Result<Fleet, ExportRefusal> | null {
  const choices = choicesOf(visit);
  if (choices === null || !isFleetEngine(engine)) return null;
  return exportFleet(checked(visit, snapshot), choices, { engine, release }, instances);
}

/** Updates an existing deployment. The visit has a model. */
export function updateOf(
  visit: Visit,
  snapshot: Snapshot,
  folder: Folder,
  found: FoundDeployment,
  release: string,
): Result<readonly UpdatedFile[], UpdateRefusal> {
  const choices = choicesOf(visit);
  if (choices === null) throw new Error("nothing is chosen yet");
  return updateDeployment(checked(visit, snapshot), folder, found, choices, release);
}

function choicesOf(visit: Visit): ExportChoices | null {
  const { auth, model, otherDefault, keyForm, declined, accepted } = visit;
  if (auth === null || model === null) return null;
  return { auth, model, otherDefault, keyForm, declined, accepted };
}

function checked(visit: Visit, snapshot: Snapshot): Snapshot {
  return asChecked(snapshot, visit.auth === "api-key" ? givenKey(visit) : null);
}
