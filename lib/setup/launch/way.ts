/** How the gateway comes to run with what was written: by its service, in place of one that runs, or anew. */

import type { LocalGateway } from "@/lib/setup/machine/gateway";

export type LaunchWay =
  /** Its service is restarted, which gives it a new process. */
  | { readonly kind: "restart-service" }
  /** It has a service that does not run. */
  | { readonly kind: "start-service" }
  /** OpenClaw installs the service, which starts it with the machine. */
  | { readonly kind: "install-service" }
  /**
   * It runs without a service: it ends and another takes its place, with the same environment. OpenClaw's own
   * restart would keep the process, and with it the key of `.env` it began with (2026.9.6 in a container), or
   * fails (2026.2.9).
   */
  | { readonly kind: "replace"; readonly pid: number }
  /** In a session of its own. */
  | { readonly kind: "start" }
  | { readonly kind: "blocked"; readonly why: LaunchObstacle };

const OBSTACLES = [
  "other-user",
  "other-files",
  "port-in-use",
  /** It is in a container, whose own manager restarts it. */
  "in-container",
  /** The one that ran did not end when it was asked to. */
  "not-ended",
] as const;

export type LaunchObstacle = (typeof OBSTACLES)[number];

/** Whether a failure is one of ours, and no command's. */
export function isLaunchObstacle(code: string): code is LaunchObstacle {
  return OBSTACLES.some((one) => one === code);
}

/** `hasManager`: a service can be installed here. Pure. */
export function launchWay(gateway: LocalGateway, hasManager: boolean): LaunchWay {
  const { isRunning, process, services } = gateway;
  if (!isRunning) {
    if (process) return { kind: "blocked", why: "port-in-use" };
    if (services.length > 0) return { kind: "start-service" };
    return { kind: hasManager ? "install-service" : "start" };
  }
  if (process === null) return { kind: "restart-service" };
  if (!process.isOwn) return { kind: "blocked", why: "other-user" };
  if (process.hasOpen === false) return { kind: "blocked", why: "other-files" };
  if (process.unit !== null) return { kind: "restart-service" };
  // The first process of a container ends the container with it.
  if (process.pid === null || process.pid === 1 || process.inContainer) {
    return { kind: "blocked", why: "in-container" };
  }
  return { kind: "replace", pid: process.pid };
}

/** Whether a gateway runs before it. Pure. */
export function runsAlready({ kind }: LaunchWay): boolean {
  return kind === "replace" || kind === "restart-service";
}
