/** Lists models that OpenClaw calls gone (`modelCatalog.suppressions`, 2026.8.1, 2026.9.6), without running it. */

import { readdirSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { jsonIn } from "@/lib/openclaw/told/plain-files";

const MOST_EXTENSIONS = 500;
const Suppression = z.object({
  provider: z.string().max(200),
  model: z.string().max(200),
  /** Such as "Google retired Gemini 1.5 Pro. Use google/gemini-3.1-pro-preview.". */
  reason: z.string().max(2000).optional(),
  retirement: z.object({ replacedBy: z.string().max(200) }).optional(),
  /** Gone only at some hosts. */
  when: z.unknown().optional(),
});
const Manifest = z.object({
  modelCatalog: z.object({ suppressions: z.array(z.unknown()).max(5000) }),
});

/** By reference, with the successor that is named, if any. Takes some ten milliseconds for the 60 manifests of 2026.9.6; empty for releases without such lists. */
export function readShutDownModels(extensions: string): ReadonlyMap<string, string | null> {
  return new Map(manifestsIn(extensions).flatMap(suppressedIn));
}

function manifestsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .slice(0, MOST_EXTENSIONS)
      .map((name) => path.join(folder, name, "openclaw.plugin.json"));
  } catch {
    return [];
  }
}

function suppressedIn(file: string): Array<[string, string | null]> {
  const manifest = Manifest.safeParse(jsonIn(file));
  if (!manifest.success) return [];
  return manifest.data.modelCatalog.suppressions.flatMap((one) => {
    const { data } = Suppression.safeParse(one);
    if (!data || data.when !== undefined) return [];
    return [[`${data.provider}/${data.model}`, successorIn(data)]];
  });
}

function successorIn({ provider, reason, retirement }: z.infer<typeof Suppression>): string | null {
  if (retirement) return `${provider}/${retirement.replacedBy}`;
  return /\bUse ([\w.-]+\/[\w./:-]*\w)/u.exec(reason ?? "")?.[1] ?? null;
}
