/** Plans Telegram alone: stores the bot's token and enables the channel. */

import {
  TELEGRAM,
  TELEGRAM_VARIABLE,
  type TelegramSetup,
  telegramSetup,
} from "@/lib/openclaw/config/telegram";
import { err, ok, type Result } from "@/lib/result";
import { collectSecrets } from "@/lib/secrets/mask";
import { digestOf } from "@/lib/setup/plan/digest";
import { planEdits } from "@/lib/setup/plan/edits";
import { configFilesAfter, plannedFile } from "@/lib/setup/plan/files";
import { commandsFor } from "@/lib/setup/plan/printed-commands";
import { readSources } from "@/lib/setup/plan/sources";
import { haveComments, untouchedLeaves } from "@/lib/setup/plan/words";
import { primaryOf } from "@/lib/setup/repairs/default-model";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan, PlanRefusal } from "@/lib/setup/types";
import { setDotenv } from "@/lib/text/dotenv/edit";
import type { ConfigEdit } from "@/lib/text/json5/types";
import { valueAt } from "@/lib/text/json5/value";

/** BotFather's format: the bot's number and its secret. */
export const BOT_TOKEN = /^\d{6,20}:[\w-]{30,100}$/u;

/**
 * Replaces an existing token, or adds one to `.env`; null for an unusual setup. Pure.
 * By OpenClaw's default, nobody can write to the bot before a pairing is approved.
 */
export function planTelegram(snapshot: Snapshot, token: string): Result<Plan, PlanRefusal> | null {
  const read = readSources(snapshot);
  if (!read.ok) return read;
  const sources = read.value;
  const { config, dotenv, variables } = sources;
  const setup = telegramSetup(config);
  if (setup === "own-way") return null;
  const inConfig = setup === "in-config";
  const set = (name: string, value: string | boolean): ConfigEdit => ({
    op: "set",
    path: [...TELEGRAM, name],
    value,
  });
  const required = [set("enabled", true), ...(inConfig ? [set("botToken", token)] : [])];
  const made = planEdits(
    { snapshot, sources, choices: { accepted: [], declined: [] } },
    required,
    [],
  );
  if (!made.ok) return made;
  const ofConfig = configFilesAfter({ snapshot, sources }, made.value);
  const variable = inConfig ? ok(dotenv) : setDotenv(dotenv, TELEGRAM_VARIABLE, token);
  const { dotenvPath, dotenvBytes, configPath, immutable, era } = snapshot;
  if (!variable.ok) {
    const { code, detail } = variable.error;
    return err({ code: "dotenv-refused", path: dotenvPath, detail: `${code}: ${detail}` });
  }
  const isWritten = immutable === null;
  const files = [
    ...(variable.value === dotenv
      ? []
      : [plannedFile("dotenv", dotenvPath, dotenvBytes, variable.value)]),
    ...(isWritten ? ofConfig.files : []),
  ];
  const before = inConfig
    ? valueAt(config, [...TELEGRAM, "botToken"])
    : variables.get(TELEGRAM_VARIABLE);
  const kind = before === undefined ? "add-telegram" : "replace-telegram";
  const secrets = collectSecrets(made.value.value, variable.value, [
    token,
    ...collectSecrets(config, dotenv, []),
  ]);
  const commands = commandsFor(snapshot, {
    keyForm: null,
    variable: inConfig ? null : TELEGRAM_VARIABLE,
    edits: made.value.edits,
    after: made.value.value,
    // Not used here.
    gatewayToken: "\0",
    secrets,
  });
  const handOver = null;
  const agentFiles: Plan["agentFiles"] = [];
  return ok({
    snapshot,
    model: primaryOf(config) ?? era.defaultModel.apiKey,
    keyForm: "dotenv",
    keyForms: ["dotenv"],
    files,
    unwritten: isWritten ? [] : ofConfig.files,
    handOver,
    agentFiles,
    config: ofConfig.config,
    changes: [
      {
        kind,
        data: { path: inConfig ? configPath : dotenvPath },
      },
    ],
    otherDefault: null,
    repairs: [],
    untouched: untouchedLeaves(config, made.value.value),
    hasComments: haveComments(sources),
    overriddenBy: null,
    commands,
    edited: made.value.edits.map(({ path }) => path),
    newSecrets: [token],
    secrets,
    digest: digestOf({ files, handOver, agentFiles }),
  });
}

export interface TelegramHere {
  readonly setup: TelegramSetup;
  /** The effective token, if readable. Secret. */
  readonly token: string | null;
}

/** Pure. */
export function telegramHere(
  snapshot: Snapshot,
  env: Readonly<Record<string, string | undefined>>,
): TelegramHere {
  const sources = readSources(snapshot);
  if (!sources.ok) return { setup: "open", token: null };
  const { config, variables } = sources.value;
  const token =
    valueAt(config, [...TELEGRAM, "botToken"]) ||
    env[TELEGRAM_VARIABLE]?.trim() ||
    variables.get(TELEGRAM_VARIABLE);
  return {
    setup: telegramSetup(config),
    token: typeof token === "string" && token ? token : null,
  };
}
