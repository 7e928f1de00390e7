/** Reads the config's Telegram settings: where a bot's token is, or an unusual setup. */

import type { Json } from "@/lib/text/json5/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

/** The same path from 2026.2.9 to 2026.9.6. */
export const TELEGRAM = ["channels", "telegram"];

/** The token of a single bot; `botToken` and `tokenFile` in the config override it. */
export const TELEGRAM_VARIABLE = "TELEGRAM_BOT_TOKEN";

export type TelegramSetup =
  /** The config contains no token; a variable may. */
  | "open"
  /** The config contains the token itself. */
  | "in-config"
  /** Several bots, a file or a reference, which the user changes with OpenClaw's own command. */
  | "own-way";

export function telegramSetup(config: Json): TelegramSetup {
  const channel = valueAt(config, TELEGRAM);
  if (!isJsonObject(channel)) return "open";
  const { accounts, tokenFile, botToken } = channel;
  const hasAccounts = isJsonObject(accounts) && Object.keys(accounts).length > 0;
  if (hasAccounts || tokenFile !== undefined) return "own-way";
  if (botToken === undefined || botToken === "") return "open";
  return typeof botToken === "string" && !botToken.includes("${") ? "in-config" : "own-way";
}
