/** Estimates a model's monthly cost for three kinds of use. */

import { TURN_TOKENS } from "@/lib/openclaw/releases/turn-size";
import type { ModelChoice } from "@/lib/setup/model-proposals";

/** Turns per day: occasional use, a whole working day, an agent that works by itself. */
export const USES = { some: 10, much: 50, always: 300 } as const;

const DAYS = 30;

/** In USD per month, from USD per million tokens, without OpenAI's discount for cached input. */
export function monthlyCost(
  price: NonNullable<ModelChoice["price"]>,
): Readonly<Record<keyof typeof USES, number>> {
  const turn = (price.input * TURN_TOKENS.input + price.output * TURN_TOKENS.output) / 1_000_000;
  const month = (turns: number) => turn * turns * DAYS;
  return { some: month(USES.some), much: month(USES.much), always: month(USES.always) };
}
