/** Configs as people have them, each written for a time, opened by the release under test. */
import type { ReleaseEra } from "@/lib/openclaw/releases";
import type { Case } from "./cases";

export function livedIn(_era: ReleaseEra): Case[] {
  return [];
}
