/** Names of the operating system's error numbers. */

import { constants } from "node:os";

const names = new Map(
  Object.entries(constants.errno)
    .reverse()
    .map(([name, number]) => [number, name]),
);

export function errnoOf(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return null;
  if ("errno" in error && typeof error.errno === "number") {
    // Node 20 reports some as "Unknown system error -122", with the right number.
    const number = -error.errno;
    const known = names.get(number);
    if (known !== undefined) return known;
  }
  return typeof error.code === "string" ? error.code : null;
}

export function isMissing(error: unknown): boolean {
  return errnoOf(error) === "ENOENT";
}
