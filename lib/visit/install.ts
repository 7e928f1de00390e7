/** Installs OpenClaw or its Node for a visit, and uninstalls it. */

import { type InstallWatch, removeInstall, runInstall } from "@/lib/openclaw/install/install";
import { type InstallObstacle, type InstallPlan, installPlan } from "@/lib/openclaw/install/plan";
import { places } from "@/lib/setup/machine/installation";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { NEWEST_RELEASE } from "@/lib/setup/machine/target-release";
import { updateFor } from "@/lib/setup/machine/update";
import type { TellStage } from "@/lib/setup/stage";
import { settledWithin, startJob } from "@/lib/system/job";
import { machine } from "@/lib/visit/machine";
import type { Installing } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

type Mutable = { -readonly [Key in keyof Installing]: Installing[Key] };

/** How the missing or outdated OpenClaw, or its Node, would be installed, or why it cannot be. */
export type Missing = InstallPlan | InstallObstacle;

/** Null if OpenClaw and a Node exist, and nothing is known against them. */
export async function installOf(
  { host, target, lacksModels }: Pick<Visit, "host" | "target" | "lacksModels">,
  view: MachineView,
): Promise<Missing | null> {
  const { detection, installed, node, release, era } = view;
  const where = places(host.env);
  const update = updateFor(view, lacksModels);
  if (installed && update) {
    return installPlan({ ...update, instead: installed }, host.env, where);
  }
  if (installed) {
    if (node?.state !== "none-fits") return null;
    return installPlan({ release: null, node: node.needed }, host.env, where);
  }
  // A wrong OPENCLAW_BIN is the user's to correct.
  if (detection.state !== "none") return null;
  const wanted = target ?? release ?? NEWEST_RELEASE;
  return installPlan({ release: wanted, node: era.node }, host.env, where);
}

export function isInstalling({ installing }: Pick<Visit, "installing">): boolean {
  return installing?.job.result === null;
}

/** Installs only what the page has shown. */
export async function startInstall(visit: Visit, target: string | null): Promise<void> {
  visit.target = target ?? visit.target;
  if (isInstalling(visit)) return;
  const plan = await installOf(visit, await machine(visit));
  if (plan === null || "kind" in plan) return;
  const installing: Mutable = {
    plan,
    line: "",
    job: startJob((signal, begin: TellStage) =>
      carryOut(plan, signal, {
        onLine: (line) => {
          installing.line = line;
        },
        onPackage: (name) =>
          begin(name.startsWith("openclaw@") ? "install-openclaw" : "install-node"),
      }),
    ),
  };
  visit.installing = installing;
  await settledWithin(installing.job);
}

/** A failed installation removes the folder it created, and restores the release it replaced. */
async function carryOut(plan: InstallPlan, signal: AbortSignal, watch: InstallWatch) {
  const result = await runInstall(plan, signal, watch);
  if (!result.ok && (plan.isNew || plan.before !== null)) await removeInstall(plan);
  return result;
}

export async function cancelInstall(visit: Visit): Promise<void> {
  const { installing } = visit;
  if (!installing) return;
  installing.job.cancel();
  await installing.job.settled;
  // An installation that has just succeeded stays, and can be removed.
  if (installing.job.result?.kind === "done" && installing.job.result.value.ok) return;
  visit.installing = null;
}

export async function undoInstall(visit: Visit): Promise<void> {
  const { installing } = visit;
  if (installing && (await removeInstall(installing.plan))) visit.installing = null;
}
