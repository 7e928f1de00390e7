/**
 * What the gateway's service gives it in its environment, read from the files that define it: systemd's
 * units with their drop-ins, launchd's property lists, the script of a task on Windows, and the files these name. Nothing is run.
 */

import { readdirSync } from "node:fs";
import path from "node:path";
import { readFileNow } from "@/lib/files/read-file-state";
import type { Environment } from "@/lib/openclaw/places/home";
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

export interface ServicePlaces {
  readonly env: Environment;
  /** The account's home. */
  readonly home: string;
  readonly stateDir: string;
  readonly profile: string | null;
  /** What stands before the system's own directories; "/" but for tests. */
  readonly root?: string;
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

/** Named by its unit in every release since 2026.2; the older name was in use before. */
const UNITS = ["openclaw-gateway", "clawdbot-gateway"] as const;

function systemdServices({ env, home, profile, root = "/" }: ServicePlaces): Service[] {
  const config = env["XDG_CONFIG_HOME"]?.trim() || path.join(home, ".config");
  const data = env["XDG_DATA_HOME"]?.trim() || path.join(home, ".local", "share");
  const at = (...parts: string[]) => path.join(root, ...parts);
  const user = [
    path.join(config, "systemd", "user"),
    at("etc", "systemd", "user"),
    at("run", "systemd", "user"),
    path.join(data, "systemd", "user"),
    at("usr", "local", "lib", "systemd", "user"),
    at("usr", "lib", "systemd", "user"),
  ];
  const system = ["etc", "run", "usr/local/lib", "usr/lib", "lib"].map((one) =>
    at(one, "systemd", "system"),
  );
  const forAll = filesIn(path.join(config, "environment.d"), ".conf");
  return UNITS.flatMap((name) => {
    const unit = `${name}${profileSuffix(profile)}.service`;
    const [own, ofSystem] = [unitFiles(user, unit), unitFiles(system, unit)];
    return [
      // What the manager gives to all services of a person comes before the unit's own.
      ...(own.length > 0 ? [[...forAll.flatMap(dotenvFile), ...unitVariables(own, home)]] : []),
      ...(ofSystem.length > 0 ? [unitVariables(ofSystem, home)] : []),
    ];
  });
}

function profileSuffix(profile: string | null): string {
  return profile === null || profile.toLowerCase() === "default" ? "" : `-${profile}`;
}

/** The unit of the first directory that has it, then its drop-ins by name, of one name the first. */
function unitFiles(directories: readonly string[], unit: string): string[] {
  const main = directories.map((dir) => path.join(dir, unit)).find((file) => textOf(file) !== null);
  const dropIns = new Map<string, string>();
  for (const file of directories.flatMap((dir) => filesIn(path.join(dir, `${unit}.d`), ".conf"))) {
    if (!dropIns.has(path.basename(file))) dropIns.set(path.basename(file), file);
  }
  const sorted = [...dropIns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
  return [...(main === undefined ? [] : [main]), ...sorted];
}

function unitVariables(files: readonly string[], home: string): Service {
  const texts = files.map((file) => ({ file, text: textOf(file) ?? "" }));
  const settings: UnitSettings = unitSettings(texts, home);
  const fromFiles = settings.environmentFiles.flatMap(dotenvFile);
  // Variables of files go over those of the unit (systemd.exec, EnvironmentFile=).
  return [...settings.environment, ...fromFiles].filter(({ name }) => !settings.unset.has(name));
}

function launchdServices({ home, profile, root = "/" }: ServicePlaces): Service[] {
  const isNamed = profileSuffix(profile) !== "";
  const labels = isNamed
    ? [`ai.openclaw.${profile}`]
    : ["ai.openclaw.gateway", "com.clawdbot.gateway"];
  const directories = [
    path.join(home, "Library", "LaunchAgents"),
    path.join(root, "Library", "LaunchAgents"),
    path.join(root, "Library", "LaunchDaemons"),
  ];
  return directories.flatMap((dir) =>
    labels.flatMap((label) => {
      const file = path.join(dir, `${label}.plist`);
      const text = textOf(file);
      if (text === null) return [];
      return [plistEnvironment(text).map(([name, value]) => ({ name, value, file }))];
    }),
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

function filesIn(dir: string, ending: string): string[] {
  try {
    const names = readdirSync(dir).filter((name) => name.endsWith(ending));
    return names.sort().map((name) => path.join(dir, name));
  } catch {
    return [];
  }
}

/** What cannot be read counts as absent: the person may not look into the system's own files. */
function textOf(file: string): string | null {
  const state = readFileNow(file);
  return state.ok && state.value.bytes !== null
    ? new TextDecoder().decode(state.value.bytes)
    : null;
}
