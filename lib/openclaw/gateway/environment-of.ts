/** Reads the environment that a process was started with (proc(5)). Linux only. */

import { readText } from "@/lib/system/read.mjs";

/** The environment of this user's process; null if unreadable. May hold secrets. */
export function environmentOf(pid: number): Readonly<Record<string, string>> | null {
  const text = readText(`/proc/${pid}/environ`);
  if (text === null || text === "") return null;
  const pairs = text.split("\0").flatMap((one) => {
    const at = one.indexOf("=");
    return at > 0 ? [[one.slice(0, at), one.slice(at + 1)] as const] : [];
  });
  return Object.fromEntries(pairs);
}
