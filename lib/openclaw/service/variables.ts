/**
 * What the gateway's service gives it in its environment, read from the files that define it: systemd's
 * units with their drop-ins, launchd's property lists, the script of a task on Windows, and the files these name. Nothing is run.
 */

import path from "node:path";
import {
  filesIn,
  launchdLists,
  type ServicePlaces,
  systemdUnits,
  textOf,
} from "@/lib/openclaw/service/definitions";
import { plistEnvironment } from "@/lib/openclaw/service/plist";
import { type UnitSettings, unitSettings } from "@/lib/openclaw/service/systemd-unit";
import { readDotenv } from "@/lib/text/dotenv/edit";

export interface ServiceVariable {
  readonly name: string;
  /** May be a secret. */
  readonly value: string;
  /** Where it is set. */
  readonly file: string;
  /** OpenClaw's own installer put it there, and renews it from `.env` (2026.9.6). */
  readonly isManaged: boolean;
}

/** Every variable of every service of the gateway of this state directory, in the order of the files. */
export function readServiceVariables(places: ServicePlaces): readonly ServiceVariable[] {
  return [
    ...systemdServices(places),
    ...launchdServices(places),
    ...serviceEnvFiles(places),
    ...windowsTask(places),
  ]
    .filter((service) => isOfState(service, places))
    .flatMap(managed);
}

/** The variables of one service; what comes later counts. */
type Service = ReadonlyArray<Omit<ServiceVariable, "isManaged">>;

function systemdServices(places: ServicePlaces): Service[] {
  const { env, home } = places;
  const config = env["XDG_CONFIG_HOME"]?.trim() || path.join(home, ".config");
  const forAll = filesIn(path.join(config, "environment.d"), ".conf");
  return systemdUnits(places).map(({ manager, files }) => [
    // What the manager gives to all services of a person comes before the unit's own.
    ...(manager === "systemd-user" ? forAll.flatMap(dotenvFile) : []),
    ...unitVariables(files, home),
  ]);
}

function unitVariables(files: readonly string[], home: string): Service {
  const texts = files.map((file) => ({ file, text: textOf(file) ?? "" }));
  const settings: UnitSettings = unitSettings(texts, home);
  const fromFiles = settings.environmentFiles.flatMap(dotenvFile);
  // Variables of files go over those of the unit (systemd.exec, EnvironmentFile=).
  return [...settings.environment, ...fromFiles].filter(({ name }) => !settings.unset.has(name));
}

function launchdServices(places: ServicePlaces): Service[] {
  return launchdLists(places).map((file) =>
    plistEnvironment(textOf(file) ?? "").map(([name, value]) => ({ name, value, file })),
  );
}

/** What launchd's wrapper reads: `service-env/<label>.env` of the state directory (2026.9.6). */
function serviceEnvFiles({ stateDir }: ServicePlaces): Service[] {
  return filesIn(path.join(stateDir, "service-env"), ".env")
    .filter((file) => !file.endsWith(".node.env"))
    .map(dotenvFile);
}

/** The script of the scheduled task on Windows: `set "NAME=value"` in `gateway.cmd` (2026.9.6). */
function windowsTask({ stateDir }: ServicePlaces): Service[] {
  const file = path.join(stateDir, "gateway.cmd");
  const lines = (textOf(file) ?? "").matchAll(/^\s*set\s+"?([A-Za-z_]\w*)=([^"\r\n]*)"?\s*$/gimu);
  return [[...lines].map(([, name = "", value = ""]) => ({ name, value, file }))];
}

/** A service that is told of another state directory is another OpenClaw's. */
function isOfState(service: Service, { stateDir, home }: ServicePlaces): boolean {
  const told = service.findLast(({ name }) => name === "OPENCLAW_STATE_DIR")?.value.trim();
  if (!told) return true;
  return path.resolve(told.replace(/^~(?=$|\/)/u, () => home)) === path.resolve(stateDir);
}

function managed(service: Service): ServiceVariable[] {
  const names = service
    .filter(({ name }) => name === "OPENCLAW_SERVICE_MANAGED_ENV_KEYS")
    .flatMap(({ value }) => value.split(/[,\s]+/u));
  const last = new Map(service.map((one) => [one.name, one]));
  return [...last.values()].map((one) => ({ ...one, isManaged: names.includes(one.name) }));
}

function dotenvFile(file: string): Service {
  return [...readDotenv(textOf(file) ?? "")].map(([name, value]) => ({ name, value, file }));
}
