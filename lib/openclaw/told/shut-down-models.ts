/** Lists models that OpenClaw calls gone (`modelCatalog.suppressions`, 2026.8.1, 2026.9.6), without running it. */

import { readdirSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { jsonIn } from "@/lib/openclaw/told/plain-files";

const MOST_EXTENSIONS = 500;
const Suppression = z.object({
  provider: z.string().max(200),
  model: z.string().max(200),
  /** Gone only at some hosts. */
  when: z.unknown().optional(),
});
const Manifest = z.object({
  modelCatalog: z.object({ suppressions: z.array(z.unknown()).max(5000) }),
});

/** Takes some ten milliseconds for the 60 manifests of 2026.9.6; empty for releases without such lists. */
export function readShutDownModels(extensions: string): ReadonlySet<string> {
  return new Set(manifestsIn(extensions).flatMap(suppressedIn));
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

function suppressedIn(file: string): string[] {
  const manifest = Manifest.safeParse(jsonIn(file));
  if (!manifest.success) return [];
  return manifest.data.modelCatalog.suppressions.flatMap((one) => {
    const { data } = Suppression.safeParse(one);
    return data && data.when === undefined ? [`${data.provider}/${data.model}`] : [];
  });
}
