/** What one turn of an agent sends and gets, in tokens. */

/**
 * About 20,000, mostly OpenClaw's own instructions, for some 500 back (measured with 2026.9.6: a request
 * of 63 kB).
 */
export const TURN_TOKENS = { input: 20_000, output: 500 } as const;
