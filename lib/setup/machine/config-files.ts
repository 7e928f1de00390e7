/** Reads the config with its includes once, for use from the snapshot. */

import { realpathSync } from "node:fs";
import path from "node:path";
import { readFileNow } from "@/lib/files/read-file-state";
import { type ConfigFiles, resolveConfig } from "@/lib/openclaw/config/include";
import type { Environment } from "@/lib/openclaw/places/home";
import type { ReleaseEra } from "@/lib/openclaw/releases/facts";
import { UnreadableFile } from "@/lib/setup/machine/unreadable-file";
import type { IncludedFiles, Snapshot } from "@/lib/setup/snapshot";

/** Ignores errors, which show when the config is merged. */
export function readIncluded(
  configPath: string,
  configBytes: Uint8Array | null,
  { era, homeDir, env }: { era: ReleaseEra; homeDir: string; env: Environment },
): IncludedFiles {
  const files = new Map<string, Uint8Array | null>();
  const realPaths = new Map<string, string | null>();
  const found = { files, realPaths, allowedRoots: era.includes.roots ? rootsIn(env, homeDir) : [] };
  const spec = configFiles({ configPath, configBytes, era, included: found });
  resolveConfig({
    ...spec,
    read: (file) => {
      if (file === spec.root) return configBytes;
      const state = readFileNow(file);
      if (!state.ok) throw new UnreadableFile(state.error.code, file);
      files.set(file, state.value.bytes);
      return state.value.bytes;
    },
    realPath: (file) => {
      const real = realPathOf(file);
      realPaths.set(file, real);
      return real;
    },
  });
  return found;
}

export function configFiles({
  configPath,
  configBytes,
  era,
  included,
}: Pick<Snapshot, "configPath" | "configBytes" | "era" | "included">): ConfigFiles {
  const root = path.normalize(configPath);
  return {
    root,
    read: (file) => (file === root ? configBytes : (included.files.get(file) ?? null)),
    realPath: (file) => included.realPaths.get(file) ?? null,
    allowedRoots: included.allowedRoots,
    confined: era.includes.confined,
  };
}

/** OPENCLAW_INCLUDE_ROOTS is a list like PATH; `~` is the home directory. */
function rootsIn(env: Environment, homeDir: string): string[] {
  return (env["OPENCLAW_INCLUDE_ROOTS"] ?? "")
    .split(path.delimiter)
    .map((root) => root.trim().replace(/^~(?=$|[\\/])/u, homeDir))
    .filter((root) => root !== "" && path.isAbsolute(root))
    .map((root) => path.resolve(root));
}

function realPathOf(file: string): string | null {
  try {
    return realpathSync.native(file);
  } catch {
    return null;
  }
}
