/** How far the result is proven, which limits what the page's title claims. */

import { answersHere, type GatewayState, isForeign } from "@/lib/setup/machine/gateway";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Verification } from "@/lib/setup/verify/verify";

export type Standing =
  /** The running gateway replied with the choice, and will keep doing so. */
  | "answers"
  | "answered"
  /** OpenClaw calls the choice usable; no reply was requested. */
  | "accepted"
  /** Nothing is proven beyond the written files, or something speaks against it. */
  | "written";

/** The messages under `done`; no title claims more than was seen. */
export const STANDING_TITLES = {
  answers: "titleAnswers",
  answered: "title",
  accepted: "title",
  written: "titleWritten",
} as const satisfies Record<Standing, string>;

export interface Proofs {
  readonly verification: Verification | null;
  readonly reply: Reply | null;
  readonly replyFailed: boolean;
  readonly gateway: GatewayState;
  readonly writtenAt: number;
}

/** The best proof; a failed or differing reply overrides all others. Pure. */
export function standingOf(proofs: Proofs): Standing {
  const { verification, reply, replyFailed, gateway } = proofs;
  if (reply?.kind === "replied") {
    if (reply.differences.length > 0 || reply.isOlder) return "written";
    return reply.by === "gateway" ? "answers" : "answered";
  }
  if (reply !== null || replyFailed) return "written";
  if (gateway.kind === "remote" || isInTheWay(gateway)) return "written";
  if (isOlderThanWrite(proofs)) return "written";
  const isUsable =
    verification?.kind === "answered" &&
    verification.valid !== false &&
    verification.verdict === "usable" &&
    verification.differences.length === 0;
  return isUsable ? "accepted" : "written";
}

/** No gateway of these files can start at its port. */
export function isInTheWay(gateway: GatewayState): boolean {
  if (gateway.kind !== "here") return false;
  return isForeign(gateway) || (!gateway.isRunning && !gateway.isOurs && gateway.process !== null);
}

export function isOlderThanWrite({
  gateway,
  writtenAt,
}: Pick<Proofs, "gateway" | "writtenAt">): boolean {
  return answersHere(gateway) && (gateway.startedAt ?? 0) < writtenAt;
}
