/** The gateway that belongs to the files in view: on this machine, running or not, or on another one. */

import { readFileNow } from "@/lib/files/read-file-state";
import type { Environment } from "@/lib/openclaw/places/home";
import type { StateLocation } from "@/lib/openclaw/places/types";
import {
  type GatewayView,
  gatewayPort,
  probeGateway,
  remoteGateway,
} from "@/lib/openclaw/service/gateway";
import { readDotenv } from "@/lib/text/dotenv/edit";
import type { Json } from "@/lib/text/json5/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

export type GatewayState =
  | ({ readonly kind: "here" } & GatewayView)
  /** The config leads to another machine; the host where it says one. */
  | { readonly kind: "remote"; readonly host: string | null };

/** Asks loopback, and nobody else. */
export async function gatewayState(
  { location, config, env }: GatewayContext,
  signal?: AbortSignal,
): Promise<GatewayState> {
  const variables = variablesFor(location, config, env);
  const remote = remoteGateway(config, variables);
  if (remote) return { kind: "remote", ...remote };
  return { kind: "here", ...(await probeGateway(gatewayPort(config, variables), signal)) };
}

export interface GatewayContext {
  readonly location: Pick<StateLocation, "dotenvFiles">;
  readonly config: Json;
  readonly env: Environment;
}

/** A name that is present is replaced by no file; the config's own come last. */
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
