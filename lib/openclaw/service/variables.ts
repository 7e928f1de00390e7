/** Reads the environment that systemd, launchd or a Windows task gives the gateway's service. */

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
  /** May be secret. */
  readonly value: string;
  readonly file: string;
  /** Set by OpenClaw's installer, which renews it from `.env` (2026.9.6). */
  readonly isManaged: boolean;
}

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

type Service = ReadonlyArray<Omit<ServiceVariable, "isManaged">>;

function systemdServices(places: ServicePlaces): Service[] {
  const { env, home } = places;
  const config = env["XDG_CONFIG_HOME"]?.trim() || path.join(home, ".config");
  const forAll = filesIn(path.join(config, "environment.d"), ".conf");
  return systemdUnits(places).map(({ manager, files }) => [
    // The manager's own variables come before the unit's.
    ...(manager === "systemd-user" ? forAll.flatMap(dotenvFile) : []),
    ...unitVariables(files, home),
  ]);
}

function unitVariables(files: readonly string[], home: string): Service {
  const texts = files.map((file) => ({ file, text: textOf(file) ?? "" }));
  const settings: UnitSettings = unitSettings(texts, home);
  const fromFiles = settings.environmentFiles.flatMap(dotenvFile);
  // EnvironmentFile= overrides the unit (systemd.exec(5)).
  return [...settings.environment, ...fromFiles].filter(({ name }) => !settings.unset.has(name));
}

function launchdServices(places: ServicePlaces): Service[] {
  return launchdLists(places).map((file) =>
    plistEnvironment(textOf(file) ?? "").map(([name, value]) => ({ name, value, file })),
  );
}

/** launchd's wrapper reads `service-env/<label>.env` (2026.9.6). */
function serviceEnvFiles({ stateDir }: ServicePlaces): Service[] {
  return filesIn(path.join(stateDir, "service-env"), ".env")
    .filter((file) => !file.endsWith(".node.env"))
    .map(dotenvFile);
}

/** Windows' task script sets `set "NAME=value"` in `gateway.cmd` (2026.9.6). */
function windowsTask({ stateDir }: ServicePlaces): Service[] {
  const file = path.join(stateDir, "gateway.cmd");
  return [
    (textOf(file) ?? "").split(/\r?\n/u).flatMap((line) => {
      const [, name = "", rest = ""] = /^\s*set\s+"?([A-Za-z_]\w*)=(.*)$/isu.exec(line) ?? [];
      const value = rest.trimEnd().replace(/"$/u, "");
      return name === "" || value.includes('"') ? [] : [{ name, value, file }];
    }),
  ];
}

/** A service with another state directory belongs to another OpenClaw. */
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
