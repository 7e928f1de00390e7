/** Waits for what OpenClaw's own doctor would repair of a refused config, and plans with it. */

import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import { type PreparedPlan, planFor } from "@/cli/steps/prepare-plan";
import { noteLine, onEnd, type Terminal } from "@/cli/terminal";
import { ok, type Result } from "@/lib/result";
import type { Preflight } from "@/lib/setup/verify/preflight";
import type { Job } from "@/lib/system/job";
import { visibleText } from "@/lib/text/visible";
import { doctorOf } from "@/lib/visit/before-write/doctor";
import { preflightOf } from "@/lib/visit/before-write/preflight";

/**
 * With `--ask-doctor`; the same plan without it, where OpenClaw accepts it, or where doctor found no way. Why it
 * found none is then a note.
 */
export async function doctored(
  planned: Result<PreparedPlan, Failure>,
  options: Options,
  terminal: Terminal,
): Promise<Result<PreparedPlan, Failure>> {
  if (!planned.ok || !options["ask-doctor"]) return planned;
  const prepared = planned.value;
  const { visit, plan } = prepared;
  const { version } = plan.snapshot;
  if (version === null) return ok(prepared);
  const { words } = terminal;
  const judging = preflightOf(visit, plan);
  await settled(judging, terminal);
  const doctor = doctorOf(visit, plan, judging);
  if (doctor === null) return ok(prepared);
  noteLine(terminal, words.doctor("asking", { version }));
  await settled(doctor, terminal);
  const answer = doctor.result?.kind === "done" ? doctor.result.value : null;
  if (answer?.kind === "looked" && answer.repairs.length > 0) {
    return planFor(visit, prepared.digest.slice(0, 16), prepared.agreed, terminal);
  }
  const { doctor: t } = words;
  noteLine(
    terminal,
    answer?.kind === "looked"
      ? `${t("nothing")}. ${t("nothingNext")}`
      : answer?.kind === "impossible"
        ? `${t("notAsked")}. ${t(`impossible.${answer.why}`)}`
        : t("notAsked"),
  );
  return ok(prepared);
}

/** What OpenClaw refuses already and goes on refusing; nothing where it accepts the plan. */
export function refusedLines(
  preflight: Preflight | null,
  { snapshot: { version } }: PreparedPlan["plan"],
  { preflight: t, cli }: Terminal["words"],
): readonly string[] {
  const others = preflight?.kind === "objects" ? preflight.others : [];
  if (others.length === 0) return [];
  return [
    t("others", { version: version ?? "" }),
    ...others.map(({ path, message }) => `  ${visibleText(`${path}: ${message}`)}`),
    cli("askDoctorNext"),
  ];
}

async function settled(job: Job<unknown>, terminal: Terminal): Promise<void> {
  onEnd(terminal, () => job.cancel());
  await job.settled;
}
