/** Plan stage: what goes into the stores of `main` and other agents. */

import type { FileChange } from "@/lib/files/types";
import { err, ok, type Result } from "@/lib/result";
import { type AgentStores, agentStoresFor } from "@/lib/setup/hand-over/agent-stores";
import { withoutCooldown } from "@/lib/setup/hand-over/cooldown";
import { handOverFor } from "@/lib/setup/hand-over/login";
import { type StoredKey, storedKeyFor } from "@/lib/setup/hand-over/stored-key";
import { type PlannedDefaultModel, withEdits } from "@/lib/setup/plan/default-model";
import type { MadeEdits } from "@/lib/setup/plan/edits";
import type { Given } from "@/lib/setup/plan/sources";
import { type Finding, isWanted } from "@/lib/setup/repairs/finding";
import type { HandOver, PlanRefusal } from "@/lib/setup/types";
import type { ConfigEdit } from "@/lib/text/json5/types";

export interface ProposedHandOver {
  readonly login: HandOver | null;
  /** The stored key or login that the new key must override. */
  readonly stored: StoredKey | null;
  readonly agents: AgentStores;
  readonly edits: readonly ConfigEdit[];
  readonly findings: readonly Finding[];
}

export function proposeHandOver(
  { snapshot, choices }: Given,
  { config }: PlannedDefaultModel,
): Result<ProposedHandOver, PlanRefusal> {
  const login = choices.auth === "chatgpt" ? handOverFor(snapshot, config, choices) : ok(null);
  if (!login.ok) {
    return err({
      code: "profiles-unreadable",
      path: snapshot.profilesPath,
      detail: login.error,
    });
  }
  const stored = choices.auth === "api-key" ? storedKeyFor(snapshot, config, choices) : null;
  const toMain = stored && isWanted(stored.finding, choices) ? stored : null;
  const withOrder = withEdits(config, login.value?.edits ?? toMain?.finding.edits ?? []);
  const ofMain = login.value?.handOver ?? (toMain ? handOverBy(toMain) : null);
  const agents = agentStoresFor(snapshot, withOrder, choices, ofMain);
  return ok({
    login: login.value?.handOver ?? null,
    stored,
    agents,
    edits: login.value?.edits ?? [],
    findings: [...(stored ? [stored.finding] : []), ...agents.findings],
  });
}

export interface PlannedHandOver {
  readonly handOver: HandOver | null;
  readonly agentFiles: readonly FileChange[];
  readonly storeFile: string | null;
}

/** Hands over a stored key only if its finding's edits could be made. Pure. */
export function planHandOver(
  { snapshot }: Given,
  { login, stored, agents }: ProposedHandOver,
  { accepted }: MadeEdits,
): PlannedHandOver {
  const takenOver = stored && accepted.includes(stored.finding) ? stored : null;
  return {
    handOver: withoutCooldown(snapshot, login ?? (takenOver ? handOverBy(takenOver) : null)),
    agentFiles: agents.files,
    storeFile: takenOver?.by.kind === "file" ? takenOver.by.text : null,
  };
}

function handOverBy({ by }: StoredKey): HandOver | null {
  return by.kind === "hand-over" ? by.handOver : null;
}
