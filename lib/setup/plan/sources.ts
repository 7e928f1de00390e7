/** First plan stage: the merged config, and `.env` as text. */

import {
  type ConfigFiles,
  type IncludeProblem,
  type ResolvedConfig,
  resolveConfig,
} from "@/lib/openclaw/config/include";
import { err, ok, type Result } from "@/lib/result";
import type { Choices } from "@/lib/setup/choices";
import { configFiles } from "@/lib/setup/machine/config-files";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { PlanRefusal } from "@/lib/setup/types";
import { readDotenv } from "@/lib/text/dotenv/edit";
import type { Json } from "@/lib/text/json5/types";
import { isUtf16 } from "@/lib/text/utf16";

export interface Sources {
  readonly files: ConfigFiles;
  readonly resolved: ResolvedConfig;
  readonly config: Json;
  readonly dotenv: string;
  readonly variables: ReadonlyMap<string, string>;
}

export interface Given {
  readonly snapshot: Snapshot;
  readonly choices: Choices;
  readonly sources: Sources;
}

/** Fails for an unreadable file, so nothing is planned on a guess. Pure. */
export function readSources(snapshot: Snapshot): Result<Sources, PlanRefusal> {
  const files = configFiles(snapshot);
  const resolved = resolveConfig(files);
  if (!resolved.ok) return err(includeRefusal(resolved.error));
  const dotenv = decode(snapshot.dotenvBytes);
  if (snapshot.dotenvBytes !== null && isUtf16(snapshot.dotenvBytes)) {
    return err({ code: "utf16", path: snapshot.dotenvPath, detail: "" });
  }
  if (dotenv === null) {
    return err({ code: "dotenv-unreadable", path: snapshot.dotenvPath, detail: "not UTF-8" });
  }
  const { value: config } = resolved.value;
  return ok({ files, resolved: resolved.value, config, dotenv, variables: readDotenv(dotenv) });
}

export function includeRefusal(problem: IncludeProblem): PlanRefusal {
  if (problem.code === "config-unparsable") {
    return { code: problem.code, path: problem.file, error: problem.error, by: problem.by };
  }
  const { code, file, include, detail } = problem;
  return { code, path: file, include, detail };
}

function decode(bytes: Uint8Array | null): string | null {
  if (bytes === null) return "";
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
