/** How far it is proven that what was written works: the page's title says no more than this. */

import type { GatewayState } from "@/lib/setup/machine/gateway";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Verification } from "@/lib/setup/verify/verify";

export type Standing =
  /** A reply came through the gateway that runs, by what was chosen: it will answer the next one too. */
  | "answers"
  /** A reply came by what was chosen. */
  | "answered"
  /** The installed OpenClaw calls what was chosen usable; no reply was asked for. */
  | "accepted"
  /** The files are written, and nothing more is known, or something speaks against it. */
  | "written";

export interface Proofs {
  readonly verification: Verification | null;
  readonly reply: Reply | null;
  /** A reply was asked for and is not here, for whatever reason. */
  readonly replyFailed: boolean;
  readonly gateway: GatewayState;
  /** Milliseconds since 1970. */
  readonly writtenAt: number;
}

/** The best proof there is; a reply that failed or came from elsewhere goes before every promise. Pure. */
export function standingOf(proofs: Proofs): Standing {
  const { verification, reply, replyFailed, gateway } = proofs;
  if (reply?.kind === "replied") {
    if (reply.differences.length > 0 || reply.isOlder) return "written";
    return reply.by === "gateway" ? "answers" : "answered";
  }
  if (reply !== null || replyFailed) return "written";
  if (gateway.kind === "remote" || isOlderThanWrite(proofs)) return "written";
  const isUsable =
    verification?.kind === "answered" &&
    verification.valid !== false &&
    verification.verdict === "usable" &&
    verification.differences.length === 0;
  return isUsable ? "accepted" : "written";
}

/** Whether a gateway runs that still has what it read before the write. Pure. */
export function isOlderThanWrite({
  gateway,
  writtenAt,
}: Pick<Proofs, "gateway" | "writtenAt">): boolean {
  return gateway.kind === "here" && gateway.isRunning && (gateway.startedAt ?? 0) < writtenAt;
}
