/** What a model may cost in a month, at three kinds of use. */

import type { ModelChoice } from "@/lib/setup/model-proposals";

/**
 * One turn of an agent sends about 20,000 tokens, mostly OpenClaw's own instructions, and gets some
 * 500 back (measured with 2026.9.6: a request of 63 kB). What OpenAI takes off for what it has cached
 * is not counted, so that the figure is rather too high.
 */
export const TURN = { input: 20_000, output: 500 } as const;

/** Turns a day: now and then, all through the working day, an agent that also works by itself. */
export const USES = { some: 10, much: 50, always: 300 } as const;

const DAYS = 30;

/** `price`: USD per million tokens. USD a month for each kind of use. */
export function monthlyCost(
  price: NonNullable<ModelChoice["price"]>,
): Readonly<Record<keyof typeof USES, number>> {
  const turn = (price.input * TURN.input + price.output * TURN.output) / 1_000_000;
  const month = (turns: number) => turn * turns * DAYS;
  return { some: month(USES.some), much: month(USES.much), always: month(USES.always) };
}
