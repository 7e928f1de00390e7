/** The number of tokens in one turn of an agent. */

/** Mostly OpenClaw's own instructions (2026.9.6: a request of 63 kB). */
export const TURN_TOKENS = { input: 20_000, output: 500 } as const;
