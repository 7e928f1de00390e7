/** Whether what is kept of a tested release's models is what its manifest says; with `--write` it is made so. */

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { compareReleases, eraFor } from "@/lib/openclaw/releases/table";
import { readToldFiles } from "@/lib/openclaw/told/files";
import { asInstalled, type InstalledRelease } from "./install";
import type { Outcome } from "./report";
import { repositoryRoot } from "./repository";

/** The first whose manifest says what is deprecated; before it the table has the models. */
const SINCE = "2026.8.1";

export async function keptModels(release: InstalledRelease, writes: boolean): Promise<Outcome[]> {
  const { version } = release;
  if (eraFor(version).certainty !== "tested" || compareReleases(version, SINCE) < 0) return [];
  const { openAi } = readToldFiles(asInstalled(release).packageDir ?? "", version);
  const file = path.join(repositoryRoot(), "lib", "openclaw", "told", "kept-manifests.json");
  const kept = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, "utf8")));
  const isSame = isDeepStrictEqual(kept[version], openAi);
  if (writes && !isSame) {
    await writeFile(file, `${JSON.stringify({ ...kept, [version]: openAi }, null, 2)}\n`);
  }
  const detail = isSame ? "as its manifest says" : writes ? "written" : "not as its manifest says";
  return [{ group: "needs", name: "models", ok: isSame || writes, detail, ms: 0 }];
}
