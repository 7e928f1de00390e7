/** What a model may cost in a month, at three kinds of use. */

import { TURN_TOKENS } from "@/lib/openclaw/releases/turn-size";
import type { ModelChoice } from "@/lib/setup/model-proposals";

/** Turns a day: now and then, all through the working day, an agent that also works by itself. */
export const USES = { some: 10, much: 50, always: 300 } as const;

const DAYS = 30;

/**
 * `price`: USD per million tokens. USD a month for each kind of use. What OpenAI takes off for what it has
 * cached is not counted, so that the figure is rather too high.
 */
export function monthlyCost(
  price: NonNullable<ModelChoice["price"]>,
): Readonly<Record<keyof typeof USES, number>> {
  const turn = (price.input * TURN_TOKENS.input + price.output * TURN_TOKENS.output) / 1_000_000;
  const month = (turns: number) => turn * turns * DAYS;
  return { some: month(USES.some), much: month(USES.much), always: month(USES.always) };
}
