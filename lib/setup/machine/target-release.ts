/** Which OpenClaw the files are for where none is installed: the one that wrote the config, else the newest, unless chosen. */

import { z } from "zod";
import { compareReleases, TESTED_RELEASES } from "@/lib/openclaw/releases/table";
import { isRelease } from "@/lib/openclaw/releases/written-by";

/** Newest first. */
export const TARGET_RELEASES: readonly string[] = TESTED_RELEASES.toReversed();

export const NEWEST_RELEASE = TARGET_RELEASES[0] ?? "";

/** Any release: the one that wrote a config need not be a tested one. */
export const targetReleaseSchema = z.string().refine(isRelease);

/** Those to choose from, newest first, with the one that wrote the config where there is one. */
export function targetsWith(writer: string | null): readonly string[] {
  const all = new Set([...TARGET_RELEASES, ...(writer === null ? [] : [writer])]);
  return [...all].sort(compareReleases).toReversed();
}

/** For a terminal. The newest is not named: it may have a newer one by then, whose ways are the same row. */
export function installCommand(target: string | null): string {
  return target === null || target === NEWEST_RELEASE
    ? "npm install -g openclaw"
    : `npm install -g openclaw@${target}`;
}
