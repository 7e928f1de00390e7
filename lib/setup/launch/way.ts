/** Chooses how the gateway gets the new files: by its service, by replacing it, or by a new start. */

import type { GatewayState, LocalGateway } from "@/lib/setup/machine/gateway";

export type LaunchWay =
  /** A restart gives it a new process. */
  | { readonly kind: "restart-service" }
  /** It has a stopped service. */
  | { readonly kind: "start-service" }
  /** OpenClaw installs a service that starts with the machine. */
  | { readonly kind: "install-service" }
  /**
   * Replaces a gateway without a service by one with the same environment: OpenClaw's restart keeps
   * the process and its old key (2026.9.6 in a container), or fails (2026.2.9).
   */
  | { readonly kind: "replace"; readonly pid: number }
  | { readonly kind: "start" }
  | { readonly kind: "blocked"; readonly why: LaunchObstacle };

const OBSTACLES = [
  "other-user",
  "other-files",
  "port-in-use",
  /** A container's manager restarts it. */
  "in-container",
  "not-ended",
] as const;

export type LaunchObstacle = (typeof OBSTACLES)[number];

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
  if (process.isOfTheseFiles === false) return { kind: "blocked", why: "other-files" };
  if (process.unit !== null) return { kind: "restart-service" };
  // Ending process 1 would end the container.
  if (process.pid === null || process.pid === 1 || process.inContainer) {
    return { kind: "blocked", why: "in-container" };
  }
  return { kind: "replace", pid: process.pid };
}

/** What stands in the way of a start from here. Pure. */
export function obstacleTo(gateway: GatewayState): LaunchObstacle | null {
  const way = gateway.kind === "here" ? launchWay(gateway, false) : null;
  return way?.kind === "blocked" ? way.why : null;
}

export function runsAlready({ kind }: LaunchWay): boolean {
  return kind === "replace" || kind === "restart-service";
}

export function isByService({ kind }: LaunchWay): boolean {
  return kind === "install-service" || kind === "restart-service" || kind === "start-service";
}
