/**
 * Which models an installed OpenClaw says are gone, whoever offered them: its extensions list what they no
 * longer answer for (`modelCatalog.suppressions` in 2026.8.1 and 2026.9.6). Plain JSON; nothing is run.
 */

import { readdirSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { readText } from "@/lib/system/read.mjs";

/** The manifest of 2026.9.6 for Google has 30 kB. */
const MOST_BYTES = 4 * 1024 * 1024;
const MOST_EXTENSIONS = 500;
const Suppression = z.object({
  provider: z.string().max(200),
  model: z.string().max(200),
  /** Only at some hosts: not gone as such. */
  when: z.unknown().optional(),
});
const Manifest = z.object({
  modelCatalog: z.object({ suppressions: z.array(z.unknown()).max(5000) }),
});

const kept = new Map<string, ReadonlySet<string>>();

/**
 * `provider/model` of each, read once for a version of a package; some ten milliseconds for its 60 manifests.
 * Empty where the release has no such lists.
 */
export function readShutDownModels(packageDir: string, version: string): ReadonlySet<string> {
  const name = `${version}\0${packageDir}`;
  const known = kept.get(name);
  if (known !== undefined) return known;
  const found = new Set(
    manifestsIn(path.join(packageDir, "dist", "extensions")).flatMap(suppressedIn),
  );
  kept.set(name, found);
  return found;
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

function jsonIn(file: string): unknown {
  try {
    return JSON.parse(readText(file, { largest: MOST_BYTES }) ?? "null");
  } catch {
    return null;
  }
}
