/** Detects a config that must not be changed here, such as one from Nix, an image or a mount. */

import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import path from "node:path";
import type { Environment } from "@/lib/openclaw/places/home";
import type { ServiceVariable } from "@/lib/openclaw/service/variables";
import type { Immutable } from "@/lib/setup/snapshot";
import { errnoOf } from "@/lib/system/errno";

/** With these, OpenClaw itself refuses to write its config. */
const SWITCHES = ["OPENCLAW_CONFIG_READONLY", "OPENCLAW_NIX_MODE"] as const;

const STORES = /^\/(?:nix\/store|gnu\/store)\//u;

/** `services` are the service's variables. Null if it may be written, or fails for another reason. */
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
  // A folder without write access is reported by name and takes no key either.
  return existsSync(stateDir) && isWritable(stateDir) && !isWritable(folder)
    ? { kind: "not-writable", path: folder }
    : null;
}

/** Follows OpenClaw's parsing. */
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
