/** Creates a rehearsal's private home: the planned files with replaced secrets and moved paths. */

import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Environment } from "@/lib/openclaw/places/home";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import type { Plan } from "@/lib/setup/types";
import { CODEX_LOGIN, registerSecrets } from "@/lib/setup/verify/rehearsal/secrets-of-plan";
import { freshExpiry, type StandIns } from "@/lib/setup/verify/rehearsal/stand-ins";
import { privateDirectory } from "@/lib/system/private-folder";
import { readText } from "@/lib/system/read.mjs";
import { parseJson } from "@/lib/text/json";
import type { Json } from "@/lib/text/json5/types";
import { isJsonArray, isJsonObject } from "@/lib/text/json5/value";

export interface PrivateHome {
  readonly homeDir: string;
  readonly stateDir: string;
  readonly configPath: string;
  /** For the import command, which rewrites its config. */
  readonly importConfig: string;
  /** An empty working directory, because some releases read a `.env` there. */
  readonly cwd: string;
  readonly temporary: string;
  readonly codexHome: string | null;
}

/** Moves paths in the files below `folder`, so that none of the user's files are read later. */
export async function makePrivateHome(
  plan: Plan,
  env: Environment,
  folder: string,
  standIns: StandIns,
): Promise<PrivateHome> {
  const { snapshot } = plan;
  const moved = (file: string) => movedInto(folder, snapshot.homeDir, file);
  const files = filesOf(plan);
  const codex = codexLogin(env, snapshot.homeDir);
  if (codex) files.set(codex.path, codex.text);
  registerSecrets(standIns, plan, files, env);
  const places = pathsIn(plan);
  const laidDown = (text: string) =>
    places.reduce(
      (now, place) =>
        now
          .replaceAll(JSON.stringify(place), JSON.stringify(moved(place)))
          .replaceAll(`'${place}'`, JSON.stringify(moved(place))),
      standIns.replaceIn(text),
    );
  for (const [file, text] of files) {
    const isStore = STORES.includes(path.basename(file));
    const after = isStore ? withoutPerson(text, standIns) : text;
    await privateDirectory(path.dirname(moved(file)));
    await writeFile(moved(file), laidDown(after), { mode: 0o600 });
  }
  for (const place of [snapshot.stateDir, path.dirname(snapshot.configPath), snapshot.homeDir]) {
    await privateDirectory(moved(place));
  }
  const importConfig = path.join(await privateDirectory(folder, "import"), "openclaw.json");
  await writeFile(importConfig, plan.handOver?.privateConfig ?? "{}", { mode: 0o600 });
  return {
    homeDir: moved(snapshot.homeDir),
    stateDir: moved(snapshot.stateDir),
    configPath: moved(snapshot.configPath),
    importConfig,
    cwd: await privateDirectory(folder, "cwd"),
    temporary: await privateDirectory(folder, "tmp"),
    codexHome: codex && moved(path.dirname(codex.path)),
  };
}

function filesOf(plan: Plan): Map<string, string> {
  const { snapshot, config } = plan;
  const files = new Map<string, string>();
  const put = (file: string, bytes: Uint8Array | null) => {
    if (bytes === null) files.delete(file);
    else files.set(file, new TextDecoder().decode(bytes));
  };
  put(snapshot.dotenvPath, snapshot.dotenvBytes);
  put(snapshot.profilesPath, snapshot.profilesBytes);
  put(snapshot.authStatePath, snapshot.authStateBytes);
  for (const store of snapshot.agentStores) {
    put(store.profilesPath, store.profilesBytes);
    put(store.authStatePath, store.authStateBytes);
  }
  files.set(snapshot.configPath, config.after);
  for (const { path: file, after } of config.included) files.set(file, after);
  for (const { path: file, after } of [...plan.files, ...storeFiles(plan)]) {
    put(file, after);
  }
  return files;
}

/** Maps the home to `home` and the rest of the machine to `elsewhere`. */
function movedInto(folder: string, home: string, file: string): string {
  const inside = path.relative(home, file);
  const isInside = !inside.startsWith("..") && !path.isAbsolute(inside);
  if (isInside) return path.join(folder, "home", inside);
  return path.join(folder, "elsewhere", path.relative(path.parse(file).root, file));
}

const STORES = ["auth-profiles.json", CODEX_LOGIN];

const PATH_NAME = /(?:dir|path|paths|workspace|root|roots|store|file|cwd)$/iu;

function pathsIn({ config }: Plan): string[] {
  const found = new Set(config.included.map((file) => file.path));
  const visit = (one: Json, key: string): void => {
    if (typeof one === "string") {
      if (PATH_NAME.test(key) && path.isAbsolute(one) && one.length > 1) found.add(one);
    } else if (isJsonArray(one)) for (const entry of one) visit(entry, key);
    else if (isJsonObject(one)) for (const [at, entry] of Object.entries(one)) visit(entry, at);
  };
  visit(config.value, "");
  return [...found].sort((a, b) => b.length - a.length);
}

/** 2026.4.15 uses Codex's login by itself. */
function codexLogin(env: Environment, homeDir: string) {
  const file = path.join(env["CODEX_HOME"] || path.join(homeDir, ".codex"), CODEX_LOGIN);
  const text = readText(file);
  return text === null ? null : { path: file, text };
}

/** Removes personal data and extends the tokens' lifetime. */
function withoutPerson(text: string, standIns: StandIns): string {
  const value = parseJson(text) as Json | undefined;
  if (value === undefined) return text;
  return `${JSON.stringify(clean(value, "", standIns), null, 2)}\n`;
}

function clean(value: Json, name: string, standIns: StandIns): Json {
  if (name === "expires" && typeof value === "number") return freshExpiry();
  if (typeof value === "string") {
    if (/^(?:access|refresh|id_?token|access_token|refresh_token)$/u.test(name)) {
      return standIns.of(value);
    }
    return /^(?:email|accountId|account_id)$/u.test(name) ? standIns.ofPerson(value) : value;
  }
  if (isJsonArray(value)) return value.map((one) => clean(one, name, standIns));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, clean(one, key, standIns)]),
  );
}
