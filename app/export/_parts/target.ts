/** Reads the engine and release from an address. */

import { z } from "zod";
import { ENGINES } from "@/lib/openclaw/deployments/shapes";
import type { ExportTarget } from "@/lib/setup/export/export-setup";
import { NEWEST_RELEASE, targetReleaseSchema } from "@/lib/setup/machine/target-release";

const schema = z.object({
  engine: z.enum(ENGINES).catch("compose"),
  release: targetReleaseSchema.catch(NEWEST_RELEASE),
});

/** Unknown values give the first engine and the newest release. */
export function targetOf(asked: unknown): ExportTarget {
  return schema.parse(asked);
}

export function addressOf({ engine, release }: ExportTarget): string {
  return `/export?${new URLSearchParams({ engine, release })}`;
}

export function archiveName({ engine, release }: ExportTarget): string {
  return `openclaw-${engine}-${release}`;
}

/** Null for an unknown file name. */
export function targetNamed(file: string): ExportTarget | null {
  const [, engine, release] = /^openclaw-([a-z]+)-(\d[\w.-]*)\.zip$/u.exec(file) ?? [];
  const target = targetOf({ engine, release });
  return target.engine === engine && target.release === release ? target : null;
}
