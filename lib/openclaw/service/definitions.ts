/** Finds the gateway's service files (systemd, launchd) and the OpenClaw they start, without running it. */

import { readdirSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { readFileNow } from "@/lib/files/read-file-state";
import type { Environment } from "@/lib/openclaw/places/home";
import { plistArguments, plistEnvironment } from "@/lib/openclaw/service/plist";
import { unitSettings } from "@/lib/openclaw/service/systemd-unit";
import { parseJson } from "@/lib/text/json";

export interface ServicePlaces {
  readonly env: Environment;
  readonly home: string;
  readonly stateDir: string;
  readonly profile: string | null;
  readonly root?: string;
}

export type ServiceManager = "systemd-user" | "systemd-system" | "launchd";

export interface GatewayService {
  readonly manager: ServiceManager;
  readonly file: string;
  readonly version: string | null;
}

export function gatewayServices(places: ServicePlaces): readonly GatewayService[] {
  const units = systemdUnits(places).flatMap(({ manager, files }) => {
    const [main] = files;
    if (main === undefined || !main.endsWith(".service")) return [];
    const texts = files.map((file) => ({ file, text: textOf(file) ?? "" }));
    const { command, environment } = unitSettings(texts, places.home);
    const noted = environment.findLast(({ name }) => name === VERSION)?.value ?? null;
    return [{ manager, file: main, version: versionStarted(command) ?? noted }];
  });
  const lists = launchdLists(places).map((file) => {
    const text = textOf(file) ?? "";
    const noted = plistEnvironment(text).findLast(([name]) => name === VERSION)?.[1] ?? null;
    // OpenClaw 2026.9.6 uses a wrapper and keeps the variables in another file.
    const version = versionStarted(plistArguments(text)) ?? noted;
    return { manager: "launchd" as const, file, version };
  });
  return [...units, ...lists];
}

/** OpenClaw's installer records the release in the service's environment. */
const VERSION = "OPENCLAW_SERVICE_VERSION";

const Package = z.object({ name: z.literal("openclaw"), version: z.string() });

function versionStarted(command: readonly string[]): string | null {
  for (const word of command.filter((one) => path.isAbsolute(one))) {
    for (const dir of [path.dirname(word), path.dirname(path.dirname(word))]) {
      const parsed = Package.safeParse(parseJson(textOf(path.join(dir, "package.json")) ?? ""));
      if (parsed.success) return parsed.data.version;
    }
  }
  return null;
}

interface UnitFiles {
  readonly manager: "systemd-user" | "systemd-system";
  readonly files: readonly string[];
}

/** The second name was used before 2026.2. */
const UNITS = ["openclaw-gateway", "clawdbot-gateway"] as const;

export function systemdUnits({ env, home, profile, root = "/" }: ServicePlaces): UnitFiles[] {
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
  return UNITS.flatMap((name) => {
    const unit = `${name}${profileSuffix(profile)}.service`;
    return [
      { manager: "systemd-user" as const, files: unitFiles(user, unit) },
      { manager: "systemd-system" as const, files: unitFiles(system, unit) },
    ].filter(({ files }) => files.length > 0);
  });
}

function profileSuffix(profile: string | null): string {
  return profile === null || profile.toLowerCase() === "default" ? "" : `-${profile}`;
}

/** The first unit found, then its drop-ins by name; earlier directories win. */
function unitFiles(directories: readonly string[], unit: string): string[] {
  const main = directories.map((dir) => path.join(dir, unit)).find((file) => textOf(file) !== null);
  const dropIns = new Map<string, string>();
  for (const file of directories.flatMap((dir) => filesIn(path.join(dir, `${unit}.d`), ".conf"))) {
    if (!dropIns.has(path.basename(file))) dropIns.set(path.basename(file), file);
  }
  const sorted = [...dropIns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file);
  return [...(main === undefined ? [] : [main]), ...sorted];
}

export function launchdLists({ home, profile, root = "/" }: ServicePlaces): string[] {
  const isNamed = profileSuffix(profile) !== "";
  const labels = isNamed
    ? [`ai.openclaw.${profile}`]
    : ["ai.openclaw.gateway", "com.clawdbot.gateway"];
  const directories = [
    path.join(home, "Library", "LaunchAgents"),
    path.join(root, "Library", "LaunchAgents"),
    path.join(root, "Library", "LaunchDaemons"),
  ];
  return directories
    .flatMap((dir) => labels.map((label) => path.join(dir, `${label}.plist`)))
    .filter((file) => textOf(file) !== null);
}

/** A folder of a state directory may hold any number. */
const MOST_FILES = 200;

export function filesIn(dir: string, ending: string): string[] {
  try {
    const names = readdirSync(dir).filter((name) => name.endsWith(ending));
    return names
      .sort()
      .slice(0, MOST_FILES)
      .map((name) => path.join(dir, name));
  } catch {
    return [];
  }
}

/** An unreadable file counts as missing, as the user may not read system files. */
export function textOf(file: string): string | null {
  const state = readFileNow(file);
  return state.ok && state.value.bytes !== null
    ? new TextDecoder().decode(state.value.bytes)
    : null;
}
