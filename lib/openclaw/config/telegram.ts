/** What the config says of Telegram already: where a bot's token stands, or that it is set up in a way of its own. */

import type { Json } from "@/lib/text/json5/types";
import { isJsonObject, valueAt } from "@/lib/text/json5/value";

/** Its place in the config, on every release from 2026.2.9 to 2026.9.6. */
export const TELEGRAM = ["channels", "telegram"];

/** The token of the one bot; `botToken` and `tokenFile` of the config go before it. */
export const TELEGRAM_VARIABLE = "TELEGRAM_BOT_TOKEN";

export type TelegramSetup =
  /** No token stands in the config; one in a variable counts. */
  | "open"
  /** The token itself stands in the config. */
  | "in-config"
  /** Several bots, a file, or a reference: left to the person and OpenClaw's own command. */
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
