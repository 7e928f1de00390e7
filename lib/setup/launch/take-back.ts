/** Undoes a start of the gateway: ends the new one, and resumes the old one. */

import { runServiceCommand } from "@/lib/openclaw/gateway/service-commands";
import { stopOwnGateway } from "@/lib/openclaw/gateway/session";
import { newLaunch, newStep, restartOf, startNow, waitReady } from "@/lib/setup/launch/launch";
import type { Launch, LaunchContext, Made, TakenBack } from "@/lib/setup/launch/types";
import { gatewayState } from "@/lib/setup/machine/gateway";
import { prepare } from "@/lib/setup/verify/verify";

/** After a cancel: ends what was started, unless it replaced a running gateway. */
export async function stopStarted(launch: Launch): Promise<void> {
  const { made } = launch;
  if (made?.kind !== "own" || made.before !== null) return;
  if (await stopOwnGateway(made.gateway)) launch.made = null;
}

/** Before files are restored, so that nothing reads them meanwhile. */
export async function endMade(made: Made, context: LaunchContext): Promise<boolean> {
  if (made.kind === "own") return stopOwnGateway(made.gateway);
  if (made.kind !== "installed") return true;
  const ready = await prepare(context.env, context.profile);
  if ("kind" in ready) return false;
  return (await runServiceCommand(ready.runner, "uninstall", context)).ok;
}

/** After files are restored: starts again what ran before the write. */
export async function resumeBefore(made: Made, context: LaunchContext): Promise<TakenBack> {
  if (made.kind === "installed") return "ended";
  if (made.kind === "own" && made.before === null) return "ended";
  const ready = await prepare(context.env, context.profile);
  if ("kind" in ready) return "left";
  const launch = newLaunch();
  const since = Date.now();
  const isOwn = made.kind === "own" || made.kind === "ended";
  if (isOwn) {
    if (!startNow(launch, ready, context, made.before).ok) return "left";
  } else if (!(await runServiceCommand(ready.runner, restartOf(ready), context)).ok) return "left";
  const gateway = await gatewayState({ ...ready, env: context.env });
  if (gateway.kind === "remote") return "left";
  const step = newStep("ready");
  const late = isOwn ? 0 : since;
  const isReady = await waitReady(gateway.port, late, launch.made, context, step);
  return isReady.ok ? "runs-again" : "left";
}
