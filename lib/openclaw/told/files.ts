/** Reads the plain files of an installed OpenClaw, cached by version. */

import path from "node:path";
import { readOpenAiExtension, type ToldOpenAi } from "@/lib/openclaw/told/openai-extension";
import { readShutDownModels } from "@/lib/openclaw/told/shut-down-models";

export interface ToldFiles {
  /** Null without such an extension (up to 2026.3), or for an unknown format. */
  readonly openAi: ToldOpenAi | null;
  /** Models that are gone, as `provider/model`, read on demand. */
  readonly shutDown: () => ReadonlyMap<string, string | null>;
}

const kept = new Map<string, ToldFiles>();

/** Takes milliseconds the first time. An in-place update has another version. */
export function readToldFiles(packageDir: string, version: string): ToldFiles {
  const name = `${version}\0${packageDir}`;
  const known = kept.get(name);
  if (known) return known;
  const extensions = path.join(packageDir, "dist", "extensions");
  let shutDown: ReadonlyMap<string, string | null> | null = null;
  const told = {
    openAi: readOpenAiExtension(path.join(extensions, "openai")),
    shutDown: () => {
      shutDown ??= readShutDownModels(extensions);
      return shutDown;
    },
  };
  kept.set(name, told);
  return told;
}
