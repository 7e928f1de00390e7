/** Takes a read-only snapshot of this machine for the planner and pages. */

import { existsSync } from "node:fs";
import { lstat, readlink, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { fileMentions } from "@/lib/files/mentions";
import { readFileState } from "@/lib/files/read-file-state";
import { DEFAULT_OPENAI_BASE_URL, parseOpenAiBaseUrl } from "@/lib/openai/base-url";
import { defaultAgentOf } from "@/lib/openclaw/config/agents";
import { type IncludeProblem, isBelow, resolveConfig } from "@/lib/openclaw/config/include";
import { type FoundCredential, findOpenAiCredentials } from "@/lib/openclaw/credentials/found";
import { agentDirsOf } from "@/lib/openclaw/places/agent-dirs";
import type { Environment } from "@/lib/openclaw/places/home";
import { stateSchema } from "@/lib/openclaw/places/state-schema";
import type { StateLocation } from "@/lib/openclaw/places/types";
import { otherInstalls } from "@/lib/openclaw/program/all-installs";
import type { InstalledOpenClaw } from "@/lib/openclaw/program/detect";
import { KEY_PROFILE, KEY_VARIABLE } from "@/lib/openclaw/releases/names";
import { newerWriter, writerOf } from "@/lib/openclaw/releases/written-by";
import { readServiceVariables, type ServiceVariable } from "@/lib/openclaw/service/variables";
import { readToldFiles } from "@/lib/openclaw/told/files";
import { keptManifest } from "@/lib/openclaw/told/kept";
import type { ToldOpenAi } from "@/lib/openclaw/told/openai-extension";
import { configFiles, readIncluded } from "@/lib/setup/machine/config-files";
import { type GatewayState, gatewayState } from "@/lib/setup/machine/gateway";
import { immutableConfig } from "@/lib/setup/machine/immutable";
import { findInstallation, type Installation, places } from "@/lib/setup/machine/installation";
import { UnreadableFile } from "@/lib/setup/machine/unreadable-file";
import { modelLabels, modelNamer } from "@/lib/setup/model-name";
import { isOpenAi, primaryOf } from "@/lib/setup/repairs/default-model";
import { backupPathOf } from "@/lib/setup/repairs/older-backup";
import { referencesIn } from "@/lib/setup/repairs/other-models";
import type { AgentStore, Snapshot } from "@/lib/setup/snapshot";
import { readBytes } from "@/lib/system/read.mjs";
import type { Json } from "@/lib/text/json5/types";
import { shownPath } from "@/lib/text/visible";

export interface MachineView extends Installation {
  readonly snapshot: Snapshot;
  readonly broken: IncludeProblem | null;
  readonly defaultModel: string | null;
  readonly told: ToldOpenAi | null;
  /** The release behind `told`; without an installation, a tested one. */
  readonly toldBy: string | null;
  /** Names, places and fingerprints, never values. */
  readonly credentials: readonly FoundCredential[];
  readonly gateway: GatewayState;
  readonly others: readonly InstalledOpenClaw[];
  /** The release that last wrote the config, if known. */
  readonly writer: string | null;
  /** The release that last wrote the data, if newer than the one in use. */
  readonly newerWriter: string | null;
  /** Shortens the home to `~` and makes every character visible. */
  readonly shown: (path: string) => string;
  /** Replaces a model reference by its name, and makes every character visible. */
  readonly named: (text: string) => string;
}

/** Throws only for an existing file that is unreadable. */
export async function takeSnapshot(
  env: Environment,
  profile: string | null,
  target: string | null = null,
): Promise<Snapshot> {
  return snapshotOf(await findInstallation(env, profile, target), env);
}

export async function viewMachine(
  env: Environment,
  profile: string | null,
  target: string | null = null,
): Promise<MachineView> {
  const installation = await findInstallation(env, profile, target);
  const snapshot = await snapshotOf(installation, env);
  const resolved = resolveConfig(configFiles(snapshot));
  const config = resolved.ok ? resolved.value.value : {};
  const models = modelsToldBy(installation);
  return {
    ...installation,
    snapshot,
    broken: resolved.ok ? null : resolved.error,
    defaultModel: primaryOf(config) ?? null,
    ...models,
    named: modelNamer(modelLabels(snapshot.era, models.told)),
    gateway: await gatewayState({ location: installation.location, config, env }),
    others: installation.installed
      ? await otherInstalls(env, places(env), installation.installed)
      : [],
    writer: writerOf(config),
    newerWriter: newerWriter(
      config,
      stateSchema(snapshot.stateDir),
      installation.installed?.version ?? null,
    ),
    credentials: findOpenAiCredentials(installation.location, config, env, {
      services: snapshot.serviceVariables,
      release: installation.release,
      rules: installation.era.credentials,
      homedir: env["HOME"] || homedir(),
      agent: defaultAgentOf(config),
    }),
    shown: (file) => shownPath(file, snapshot.homeDir),
  };
}

/** Uses an installed release's own files, else those kept of a tested release. */
function modelsToldBy({ installed, era }: Installation): Pick<MachineView, "told" | "toldBy"> {
  if (!installed) {
    const kept = keptManifest(era.since);
    return { told: kept?.openAi ?? null, toldBy: kept?.version ?? null };
  }
  const { packageDir, version } = installed;
  const told = packageDir === null ? null : readToldFiles(packageDir, version).openAi;
  return { told, toldBy: told && version };
}

async function snapshotOf(
  { location, installed, era, certainty, releaseBy }: Installation,
  env: Environment,
): Promise<Snapshot> {
  const { homeDir, stateDir, configPath, dotenvPath, profile } = location;
  const agentDir = location.agents[0]?.dir ?? path.join(stateDir, "agents", "main", "agent");
  const { profilesPath, authStatePath } = storeFilesIn(agentDir);
  const stores = [
    path.join(agentDir, "openclaw-agent.sqlite"),
    path.join(stateDir, "state", "openclaw.sqlite"),
  ];
  const configBytes = await bytesOf(configPath);
  const included = readIncluded(configPath, configBytes, { era, homeDir, env });
  const resolved = resolveConfig(configFiles({ configPath, configBytes, era, included }));
  const config = resolved.ok ? resolved.value.value : {};
  const serviceVariables = servicesOf(location, env);
  const address = parseOpenAiBaseUrl(env["OPENAI_BASE_URL"]);
  return {
    homeDir,
    stateDir,
    configPath,
    dotenvPath,
    profile,
    configBytes,
    configLink: await linkTarget(configPath),
    immutable: immutableConfig(configPath, stateDir, env, serviceVariables),
    included,
    backupBytes: readBytes(backupPathOf(configPath)),
    dotenvBytes: await bytesOf(dotenvPath),
    version: installed?.version ?? null,
    era,
    certainty,
    releaseUnsure: releaseBy === null && configBytes !== null,
    profilesPath,
    profilesBytes: await bytesOf(profilesPath),
    authStatePath,
    authStateBytes: await bytesOf(authStatePath),
    agentStores: await agentStoresIn(location, config),
    hasStore: stores.some((store) => existsSync(store)),
    shutDown: shutDownIn(config, installed),
    doctorRepairs: [],
    storesKeyProfile:
      [configBytes, ...included.files.values()].some((bytes) => names(bytes, KEY_PROFILE.id)) &&
      (await anyMentions(stores, KEY_PROFILE.id)),
    environmentKey: env[KEY_VARIABLE]?.trim() || null,
    checkedAt:
      address.ok && address.value.href !== DEFAULT_OPENAI_BASE_URL ? address.value.href : null,
    unfitVariables: [],
    environmentKeys: [
      ...Object.keys(env).filter((name) => env[name]?.trim()),
      ...location.furtherVariables,
      ...serviceVariables.filter(({ value }) => value.trim()).map(({ name }) => name),
    ].filter((name) => /_(?:API_KEYS?|TOKEN|GATEWAY_PASSWORD)$/u.test(name)),
    serviceVariables,
  };
}

/** Other providers' models that the installed release lists as gone. */
function shutDownIn(config: Json, installed: Installation["installed"]): Snapshot["shutDown"] {
  const named = referencesIn(config).filter((ref) => !isOpenAi(ref));
  if (named.length === 0 || !installed?.packageDir) return new Map();
  const gone = readToldFiles(installed.packageDir, installed.version).shutDown();
  return new Map([...gone].filter(([ref]) => named.includes(ref)));
}

export function servicesOf(
  { stateDir, profile }: Pick<StateLocation, "stateDir" | "profile">,
  env: Environment,
): readonly ServiceVariable[] {
  return readServiceVariables({ env, home: env["HOME"] || homedir(), stateDir, profile });
}

function storeFilesIn(agentDir: string) {
  return {
    profilesPath: path.join(agentDir, "auth-profiles.json"),
    authStatePath: path.join(agentDir, "auth-state.json"),
  };
}

/** Skips links: two names of a file are one store, and writes stay in the state directory. */
async function agentStoresIn(location: StateLocation, config: Json): Promise<AgentStore[]> {
  const { stateDir } = location;
  const [shared, ...others] = agentDirsOf(location, config);
  const real = (file: string) => realpath(file).catch(() => null);
  const [root, ...taken] = [await real(stateDir), await real(shared?.dir ?? "")];
  const stores: AgentStore[] = [];
  for (const { id, dir } of others) {
    const place = await real(dir);
    if (!isBelow(stateDir, dir)) continue;
    if (place === null || place !== path.join(root ?? "", path.relative(stateDir, dir))) continue;
    if (taken.includes(place)) continue;
    taken.push(place);
    const files = storeFilesIn(dir);
    const [profiles, state] = [
      await ownBytes(files.profilesPath),
      await ownBytes(files.authStatePath),
    ];
    if (profiles === null && state === null) continue;
    stores.push({ agent: id, ...files, profilesBytes: profiles, authStateBytes: state });
  }
  return stores;
}

/** Ignores unreadable files, because they are not the shared store. */
async function ownBytes(file: string): Promise<Uint8Array | null> {
  const about = await lstat(file).catch(() => null);
  if (!about?.isFile() || about.nlink > 1) return null;
  const state = await readFileState(file);
  return state.ok ? state.value.bytes : null;
}

async function bytesOf(file: string): Promise<Uint8Array | null> {
  const state = await readFileState(file);
  if (!state.ok) throw new UnreadableFile(state.error.code, file);
  return state.value.bytes;
}

function names(bytes: Uint8Array | null, text: string): boolean {
  return bytes !== null && Buffer.from(bytes).includes(text);
}

/** SQLite's newest pages are in its log. */
async function anyMentions(stores: readonly string[], text: string): Promise<boolean> {
  for (const file of stores.flatMap((store) => [store, `${store}-wal`])) {
    if (await fileMentions(file, text)) return true;
  }
  return false;
}

async function linkTarget(file: string): Promise<string | null> {
  const target = await readlink(file).catch(() => null);
  return target === null ? null : path.resolve(path.dirname(file), target);
}
