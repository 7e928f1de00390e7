// Decides whether a start without a named way opens the page or the terminal.

import { seatOf } from "../lib/system/surroundings.mjs";

/** Options of the page only. */
const OF_PAGE = /^--(?:port|no-open|dev|help|version)(?:=|$)|^-[hv]$/u;
/** Seats where no browser opens by itself. */
const ELSEWHERE = ["ssh", "container", "screenless"];

/**
 * `ask`: the user is asked, since either may be meant.
 * @param {string[]} args
 * @param {{ env: Record<string, string | undefined>, platform: NodeJS.Platform, isInteractive: boolean, exists?: (path: string) => boolean }} around
 * @returns {"page" | "terminal" | "ask"}
 */
export function wayOf(args, { env, platform, isInteractive, exists }) {
  if (args.includes("--terminal")) return "terminal";
  if (!isInteractive || args.some((arg) => OF_PAGE.test(arg))) return "page";
  return ELSEWHERE.includes(seatOf(env, platform, exists)) ? "ask" : "page";
}
