/** Gathers what the installed OpenClaw and the disk say of a plan, and whether it may be written. */

import type { LoginTokens } from "@/lib/setup/choices";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Plan } from "@/lib/setup/types";
import { forbids } from "@/lib/setup/verify/preflight";
import { obstacleTo } from "@/lib/setup/write/write";
import { doctorOf } from "@/lib/visit/before-write/doctor";
import { preflightOf } from "@/lib/visit/before-write/preflight";
import { rehearsalOf } from "@/lib/visit/before-write/rehearsal";
import { isTooOldFor } from "@/lib/visit/before-write/too-old";
import { wayAfterWrite } from "@/lib/visit/gateway";
import type { Visit } from "@/lib/visit/visit";

export interface Subject {
  readonly plan: Plan;
  readonly found: MachineView;
  readonly login: LoginTokens | null;
}

/** Starts or continues the checks of this plan in the background; `rehearsal` and `doctor` are null where none is run. */
export async function reviewOf(visit: Visit, { plan, found, login }: Subject) {
  const { snapshot } = found;
  const preflight = preflightOf(visit, plan);
  const isRefused = preflight.result?.kind === "done" && forbids(preflight.result.value);
  // A channel does not affect what answers.
  const isRehearsed = snapshot.version !== null && !isRefused && visit.telegram === null;
  const problem = visit.outcome.kind === "idle" ? visit.outcome.problem : null;
  /** The login or key is for a store of an OpenClaw that is not here. */
  const isHomeless = plan.handOver !== null && snapshot.version === null;
  const isTooOld = isTooOldFor(plan, found);
  return {
    preflight,
    rehearsal: isRehearsed ? rehearsalOf(visit, plan, login, preflight) : null,
    doctor: doctorOf(visit, plan, preflight),
    problem,
    refusal: problem?.kind === "refused" ? problem.refusal : await obstacleTo(plan),
    isHomeless,
    isTooOld,
    isWritable: !isHomeless && !isRefused && !isTooOld,
    way: await wayAfterWrite(visit.host.env, found),
  };
}

export type Review = Awaited<ReturnType<typeof reviewOf>>;
