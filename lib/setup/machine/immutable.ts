/** A config that is not to be changed here: its source is elsewhere, such as a Nix module, an image or a mounted map. */

import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import path from "node:path";
import type { Environment } from "@/lib/openclaw/places/home";
import type { ServiceVariable } from "@/lib/openclaw/service/variables";
import type { Immutable } from "@/lib/setup/types";
import { errnoOf } from "@/lib/system/errno";

/** By which OpenClaw itself refuses to write its config. */
const SWITCHES = ["OPENCLAW_CONFIG_READONLY", "OPENCLAW_NIX_MODE"] as const;

/** Where package managers keep what nobody changes. */
const STORES = /^\/(?:nix\/store|gnu\/store)\//u;

/** `services`: what the gateway's service sets. Null: it may be written, or why not is another matter. */
export function immutableConfig(
  configPath: string,
  stateDir: string,
  env: Environment,
  services: readonly Pick<ServiceVariable, "name" | "value">[],
): Immutable | null {
  const variable = SWITCHES.find(
    (name) => isOn(env[name]) || services.some((one) => one.name === name && isOn(one.value)),
  );
  if (variable !== undefined) return { kind: "variable", name: variable };
  const real = realOf(configPath);
  if (real === null) return null;
  if (STORES.test(real)) return { kind: "store", path: real };
  const folder = path.dirname(configPath);
  // A whole place that cannot be written is told of by name, and no key goes there either.
  return existsSync(stateDir) && isWritable(stateDir) && !isWritable(folder)
    ? { kind: "not-writable", path: folder }
    : null;
}

/** As OpenClaw reads a switch. */
export function isOn(value: string | undefined): boolean {
  return /^(?:1|true|yes|on)$/iu.test(value?.trim() ?? "");
}

function realOf(file: string): string | null {
  try {
    return realpathSync(file);
  } catch {
    return null;
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch (error) {
    return !["EACCES", "EROFS", "EPERM"].includes(errnoOf(error) ?? "");
  }
}
