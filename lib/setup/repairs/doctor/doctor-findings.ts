/** Offers each change of the release's own doctor as a finding that can be declined. */

import { stillFits } from "@/lib/setup/repairs/doctor/doctor-changes";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { DoctorRepair, Snapshot } from "@/lib/setup/snapshot";
import type { Json } from "@/lib/text/json5/types";

/** Skips changes that no longer fit after other repairs. Pure. */
export function doctorFindings(
  { doctorRepairs }: Pick<Snapshot, "doctorRepairs">,
  config: Json,
): Finding[] {
  return doctorRepairs.filter((one) => stillFits(config, one)).map(findingOf);
}

function findingOf({ id, from, to, isRemoval, edits }: DoctorRepair): Finding {
  const isMoved = isRemoval && to.length > 0;
  const kind = isMoved ? "doctor-moved" : isRemoval ? "doctor-removed" : "doctor-set";
  return { id, kind, data: { from, to }, important: true, edits };
}
