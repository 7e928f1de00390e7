/** Manifests kept of tested releases, for use without an installation; `npm run test:releases` compares them. */

import { ERAS } from "@/lib/openclaw/releases/table";
import KEPT from "@/lib/openclaw/told/kept-manifests.json";
import type { ToldOpenAi } from "@/lib/openclaw/told/openai-extension";

/** Null for rows before 2026.8.1, whose models are in the table. */
export function keptManifest(
  since: string,
): { readonly version: string; readonly openAi: ToldOpenAi } | null {
  const row = ERAS.find((era) => era.since === since);
  const kept: Readonly<Record<string, ToldOpenAi>> = KEPT;
  const version = row?.observed.find((release) => Object.hasOwn(kept, release));
  const openAi = version === undefined ? undefined : kept[version];
  return version === undefined || openAi === undefined ? null : { version, openAi };
}
