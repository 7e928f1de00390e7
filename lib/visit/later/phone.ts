/** Connects a phone: takes a bot's token for the plan, and approves the phone's code. */

import { approvePairing, PAIRING_CODE } from "@/lib/openclaw/command/pairing";
import { err } from "@/lib/result";
import { BOT_TOKEN, type TelegramHere, telegramHere } from "@/lib/setup/plan/channels/telegram";
import type { Snapshot } from "@/lib/setup/snapshot";
import { prepare } from "@/lib/setup/verify/verify";
import { settledWithin, startJob } from "@/lib/system/job";
import { secretsHere } from "@/lib/visit/machine";
import { choicesChanged } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

/** Returns whether the text is a token; the visit's plan is then for Telegram alone. */
export function offerBotToken(visit: Visit, text: string): boolean {
  const token = text.trim().replace(/^["'`]+|["'`]+$/gu, "");
  const isToken = BOT_TOKEN.test(token);
  visit.telegram = isToken ? token : null;
  visit.telegramRefused = !isToken;
  choicesChanged(visit);
  return isToken;
}

/** The token is secret. */
export function telegramOf({ host }: Pick<Visit, "host">, snapshot: Snapshot): TelegramHere {
  return telegramHere(snapshot, host.env);
}

/** Accepts the bot's code in any case, and nothing else. */
export async function letPhoneIn(visit: Visit, text: string): Promise<void> {
  const code = text.replace(/[\s-]/gu, "").toUpperCase();
  if (!PAIRING_CODE.test(code) || visit.pairing?.result === null) return;
  const { env, profile } = visit.host;
  visit.pairing = startJob(async (signal) => {
    const ready = await prepare(env, profile);
    if ("kind" in ready) return err({ code: "absent" } as const);
    return approvePairing(ready.runner, code, { signal, secrets: await secretsHere(visit) });
  });
  await settledWithin(visit.pairing);
}
