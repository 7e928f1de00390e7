/** Chooses the release to plan for without an installation: the config's writer or the newest. */

import { z } from "zod";
import { compareReleases, TESTED_RELEASES } from "@/lib/openclaw/releases/table";
import { isRelease } from "@/lib/openclaw/releases/written-by";

export const TARGET_RELEASES: readonly string[] = TESTED_RELEASES.toReversed();

export const NEWEST_RELEASE = TARGET_RELEASES[0] ?? "";

/** Accepts untested releases, since one may have written the config. */
export const targetReleaseSchema = z.string().refine(isRelease);

/** Newest first, including the config's writer. */
export function targetsWith(writer: string | null): readonly string[] {
  const all = new Set([...TARGET_RELEASES, ...(writer === null ? [] : [writer])]);
  return [...all].sort(compareReleases).toReversed();
}

/** Omits the newest version number, since a newer release may exist by then. */
export function installCommand(target: string | null): string {
  return target === null || target === NEWEST_RELEASE
    ? "npm install -g openclaw"
    : `npm install -g openclaw@${target}`;
}
