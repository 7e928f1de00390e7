/** Which OpenClaw the files are for where none is installed: one of the tested releases, the newest unless chosen. */

import { z } from "zod";
import { TESTED_RELEASES } from "@/lib/openclaw/releases/table";

/** Newest first. */
export const TARGET_RELEASES: readonly string[] = TESTED_RELEASES.toReversed();

export const NEWEST_RELEASE = TARGET_RELEASES[0] ?? "";

export const targetReleaseSchema = z.string().refine((text) => TARGET_RELEASES.includes(text));

/** For a terminal. The newest is not named: it may have a newer one by then, whose ways are the same row. */
export function installCommand(target: string | null): string {
  return target === null || target === NEWEST_RELEASE
    ? "npm install -g openclaw"
    : `npm install -g openclaw@${target}`;
}
