/** Which engine and release an address asks for. */

import { z } from "zod";
import { ENGINES } from "@/lib/openclaw/deployments/shapes";
import type { ExportTarget } from "@/lib/setup/export/export-setup";
import { NEWEST_RELEASE, targetReleaseSchema } from "@/lib/setup/machine/target-release";

const schema = z.object({
  engine: z.enum(ENGINES).catch("compose"),
  release: targetReleaseSchema.catch(NEWEST_RELEASE),
});

/** What says nothing that is known gives the first engine and the newest release. */
export function targetOf(asked: unknown): ExportTarget {
  return schema.parse(asked);
}

/** The page of it. */
export function addressOf({ engine, release }: ExportTarget): string {
  return `/export?${new URLSearchParams({ engine, release })}`;
}

/** Without its ending. */
export function archiveName({ engine, release }: ExportTarget): string {
  return `openclaw-${engine}-${release}`;
}

/** Null for a name that none of ours has. */
export function targetNamed(file: string): ExportTarget | null {
  const [, engine, release] = /^openclaw-([a-z]+)-(\d[\w.-]*)\.zip$/u.exec(file) ?? [];
  const target = targetOf({ engine, release });
  return target.engine === engine && target.release === release ? target : null;
}
