/** What an installed OpenClaw tells in its plain files, read once for a version of a package and then kept. */

import path from "node:path";
import { readOpenAiExtension, type ToldOpenAi } from "@/lib/openclaw/told/openai-extension";
import { readShutDownModels } from "@/lib/openclaw/told/shut-down-models";

export interface ToldFiles {
  /** Null where it has no such extension (up to 2026.3), or one that reads otherwise. */
  readonly openAi: ToldOpenAi | null;
  /** `provider/model` of what is gone, whoever offered it; read when asked for the first time. */
  readonly shutDown: () => ReadonlySet<string>;
}

const kept = new Map<string, ToldFiles>();

/** Some milliseconds the first time. An update in place has another version, and is read anew. */
export function readToldFiles(packageDir: string, version: string): ToldFiles {
  const name = `${version}\0${packageDir}`;
  const known = kept.get(name);
  if (known) return known;
  const extensions = path.join(packageDir, "dist", "extensions");
  let shutDown: ReadonlySet<string> | null = null;
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
