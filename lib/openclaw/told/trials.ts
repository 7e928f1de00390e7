/** Tries in private homes where a release stores a key, and how it treats the older file, with fake credentials. */

import { readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { modelsStatus } from "@/lib/openclaw/command/commands";
import { failureOf } from "@/lib/openclaw/command/failure";
import { OPENAI } from "@/lib/openclaw/releases/names";
import { type AskInPrivate, PRIVATE_STATE, type Unread } from "@/lib/openclaw/told/private-asking";
import { err, ok, type Result } from "@/lib/result";
import { privateDirectory } from "@/lib/system/private-folder";
import { readBytes } from "@/lib/system/read.mjs";

/** The place where `models auth paste-api-key` stores a key. */
export type KeyStore = "profiles-json" | "agent-sqlite" | "shared-sqlite";

/** See `CredentialRules.profilesJson`. */
export type ProfilesJson = "used" | "ignored" | "refused";

const MADE_UP = "sk-proj-madeup00aaaabbbbccccddddeeee5ffff";
const MOST_FILES = 200;

/** Fails with `no-such-command` if the command is missing. */
export async function tryKeyStore(ask: AskInPrivate): Promise<Result<KeyStore, Unread>> {
  return ask(async ({ run, folder }) => {
    const args = ["models", "auth", "paste-api-key", "--provider", OPENAI];
    const pasted = await run(args, `${MADE_UP}\n`);
    if (pasted.code !== 0) return err(failureOf(pasted, [MADE_UP]).code);
    const found = await filesWith(path.join(folder, PRIVATE_STATE), MADE_UP);
    if (found.some((name) => name === "auth-profiles.json")) return ok("profiles-json");
    if (found.some((name) => name.startsWith("openclaw-agent.sqlite"))) return ok("agent-sqlite");
    if (found.some((name) => name.startsWith("openclaw.sqlite"))) return ok("shared-sqlite");
    return err("no-answer");
  });
}

/** Whether `models status` names a key's profile in the file of the agent "main", or refuses it. */
export async function tryProfilesJson(ask: AskInPrivate): Promise<Result<ProfilesJson, Unread>> {
  return ask(async ({ runner, options, folder }) => {
    const agent = path.join(folder, PRIVATE_STATE, "agents", "main", "agent");
    await privateDirectory(agent);
    const profiles = { [`${OPENAI}:default`]: { type: "api_key", provider: OPENAI, key: MADE_UP } };
    const text = JSON.stringify({ version: 1, profiles });
    await writeFile(path.join(agent, "auth-profiles.json"), text, { mode: 0o600 });
    const status = await modelsStatus(runner, { ...options, secrets: [MADE_UP] });
    if (!status.ok) {
      return status.error.code === "migration-required" ? ok("refused") : err(status.error.code);
    }
    const openai = status.value.providers.find(({ provider }) => provider === OPENAI);
    return ok(openai?.effective?.kind === "profiles" ? "used" : "ignored");
  });
}

/** Includes SQLite's log, which has the newest pages. */
async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.filter((one) => one.isFile()).slice(0, MOST_FILES)) {
    const bytes = readBytes(path.join(entry.parentPath ?? entry.path, entry.name));
    if (bytes?.includes(text)) found.push(entry.name);
  }
  return found;
}
