/** Finds the gateway of these files, on this machine or another. */

import { homedir } from "node:os";
import { readFileNow } from "@/lib/files/read-file-state";
import {
  type GatewayView,
  gatewayPort,
  probeGateway,
  remoteGateway,
} from "@/lib/openclaw/gateway/probe";
import { type GatewayProcess, gatewayProcess, otherGateways } from "@/lib/openclaw/gateway/process";
import { ownGateway } from "@/lib/openclaw/gateway/session";
import type { Environment } from "@/lib/openclaw/places/home";
import type { StateLocation } from "@/lib/openclaw/places/types";
import { type GatewayService, gatewayServices } from "@/lib/openclaw/service/definitions";
import { readDotenv } from "@/lib/text/dotenv/edit";
import type { Json } from "@/lib/text/json5/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

export interface LocalGateway extends GatewayView {
  readonly kind: "here";
  /** The listener at its port, gateway or not; null if there is none or the system does not tell. */
  readonly process: GatewayProcess | null;
  /** This program started it, now or earlier; it may not listen yet. */
  readonly isOurs: boolean;
  readonly services: readonly GatewayService[];
  readonly others: readonly GatewayProcess[];
}

export type GatewayState =
  | LocalGateway
  /** The gateway is on another machine; `host` is null if the config does not say. */
  | { readonly kind: "remote"; readonly host: string | null };

const NO_GATEWAY = { isRunning: false, isReady: false, startedAt: null, version: null };

export async function gatewayState(
  { location, config, env }: GatewayContext,
  signal?: AbortSignal,
): Promise<GatewayState> {
  const variables = variablesFor(location, config, env);
  const remote = remoteGateway(config, variables);
  if (remote) return { kind: "remote", ...remote };
  const port = gatewayPort(config, variables);
  const { stateDir, profile } = location;
  const [seen, holder] = await Promise.all([
    probeGateway(port, signal),
    gatewayProcess(port, stateDir),
  ]);
  // Another program, or a tunnel to another machine, may answer as a gateway does.
  const view = holder?.isOpenClaw === false ? { ...seen, ...NO_GATEWAY } : seen;
  return {
    kind: "here",
    ...view,
    // Older releases (2026.2.9) do not report their start.
    startedAt: view.startedAt ?? (view.isRunning ? (holder?.startedAt ?? null) : null),
    process: holder,
    isOurs: isOurs(stateDir, holder?.pid ?? null),
    services: gatewayServices({ env, home: env["HOME"] || homedir(), stateDir, profile }),
    others: otherGateways(holder?.pid ?? null, stateDir),
  };
}

/** False if another process listens in its place. */
function isOurs(stateDir: string, listener: number | null): boolean {
  const own = ownGateway(stateDir);
  return own !== null && (listener === null || listener === own.process.pid);
}

/** The gateway at its port is another user's, or runs on other files. */
export function isForeign(gateway: GatewayState): boolean {
  if (gateway.kind !== "here" || !gateway.isRunning || gateway.process === null) return false;
  const { isOwn, isOfTheseFiles } = gateway.process;
  return isOfTheseFiles === false || (!isOwn && isOfTheseFiles !== true);
}

/** A gateway of these files answers here. */
export function answersHere(gateway: GatewayState): gateway is LocalGateway {
  return gateway.kind === "here" && gateway.isRunning && !isForeign(gateway);
}

export interface GatewayContext {
  readonly location: Pick<StateLocation, "dotenvFiles" | "stateDir" | "profile">;
  readonly config: Json;
  readonly env: Environment;
}

/** Files never override a set name; the config's variables come last. */
function variablesFor(
  { dotenvFiles }: Pick<StateLocation, "dotenvFiles">,
  config: Json,
  env: Environment,
): Environment {
  const variables: Record<string, string | undefined> = {};
  const vars = valueAt(config, ["env", "vars"]);
  for (const [name, value] of Object.entries(isJsonObject(vars) ? vars : {})) {
    if (typeof value === "string") variables[name] = value;
  }
  for (const { path, exists } of dotenvFiles.toReversed()) {
    const state = exists ? readFileNow(path) : null;
    const bytes = state?.ok ? state.value.bytes : null;
    for (const [name, value] of readDotenv(new TextDecoder().decode(bytes ?? undefined))) {
      variables[name] = value;
    }
  }
  return { ...variables, ...env };
}
