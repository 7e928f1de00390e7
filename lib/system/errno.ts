/** The operating system's error numbers, by name. */

import { constants } from "node:os";

/** By number; of two names for one number the first. */
const names = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, number]) => [number, name]),
);

/** The error's name such as `"ENOENT"`, or `null` for anything that is not a system error. */
export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  if ("errno" in error && typeof error.errno === "number") {
    // Node 20 calls some of them "Unknown system error -122"; their numbers it does know.
    const number = -error.errno;
    const known = names.get(number);
    if (known !== undefined) return known;
  }
  return typeof error.code === "string" ? error.code : null;
}

export function isMissing(error: unknown): boolean {
  return errnoOf(error) === "ENOENT";
}
