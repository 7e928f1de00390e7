/** Talking to OpenClaw from a phone: a bot's token taken in for the plan, and the phone let in by its code. */

import { approvePairing, PAIRING_CODE } from "@/lib/openclaw/command/pairing";
import { err } from "@/lib/result";
import { BOT_TOKEN, type TelegramHere, telegramHere } from "@/lib/setup/plan/channels/telegram";
import type { Snapshot } from "@/lib/setup/types";
import { prepare } from "@/lib/setup/verify/verify";
import { settledWithin, startJob } from "@/lib/system/job";
import { givenSecrets } from "@/lib/visit/key-state";
import { choicesChanged } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

/** Resolves to whether it is a token; then the plan of the visit is for Telegram alone. */
export function offerBotToken(visit: Visit, text: string): boolean {
  const token = text.trim().replace(/^["'`]+|["'`]+$/gu, "");
  const isToken = BOT_TOKEN.test(token);
  visit.telegram = isToken ? token : null;
  visit.telegramRefused = !isToken;
  choicesChanged(visit);
  return isToken;
}

/** How Telegram is set up by now; the token is secret. */
export function telegramOf({ host }: Pick<Visit, "host">, snapshot: Snapshot): TelegramHere {
  return telegramHere(snapshot, host.env);
}

/** The code that the bot gave: in whatever case it was typed, and nothing that is none. */
export async function letPhoneIn(visit: Visit, text: string): Promise<void> {
  const code = text.replace(/[\s-]/gu, "").toUpperCase();
  if (!PAIRING_CODE.test(code) || visit.pairing?.result === null) return;
  const { env, profile } = visit.host;
  visit.pairing = startJob(async (signal) => {
    const ready = await prepare(env, profile);
    if ("kind" in ready) return err({ code: "absent" } as const);
    return approvePairing(ready.runner, code, { signal, secrets: givenSecrets(visit) });
  });
  await settledWithin(visit.pairing);
}
