/** Reads the model pinned by an agent's main conversation, which overrides the config's. */

import path from "node:path";
import * as z from "zod";
import { readText } from "@/lib/system/read.mjs";
import { parseJson } from "@/lib/text/json";

const Entry = z.object({
  modelOverride: z.string().trim().min(1),
  providerOverride: z.string().trim().optional().catch(undefined),
});
const Sessions = z.record(z.string(), z.unknown());

/** Set by `/model` or `sessions.patch`, and kept in `sessions.json` up to 2026.7.1; 2026.9.6 uses a database. */
export function sessionModelOf(stateDir: string, agent: string): string | null {
  const text = readText(path.join(stateDir, "agents", agent, "sessions", "sessions.json"));
  const sessions = Sessions.safeParse(parseJson(text ?? ""));
  const entry = sessions.success ? Entry.safeParse(sessions.data[`agent:${agent}:main`]) : null;
  if (!entry?.success) return null;
  const { modelOverride, providerOverride } = entry.data;
  return providerOverride ? `${providerOverride}/${modelOverride}` : modelOverride;
}
