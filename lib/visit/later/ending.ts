/** What the proofs after a write add up to, for the last page. */

import { answersHere, type GatewayState } from "@/lib/setup/machine/gateway";
import { isAsChosen } from "@/lib/setup/verify/answered-by";
import type { Reply } from "@/lib/setup/verify/reply";
import { isOlderThanWrite, type Standing, standingOf } from "@/lib/setup/verify/standing";
import type { Verification } from "@/lib/setup/verify/verify";
import type { Applied } from "@/lib/visit/outcome";

export interface Ending {
  readonly standing: Standing;
  /** Null while OpenClaw is asked, and if it could not be. */
  readonly verification: Verification | null;
  /** A reply by what was chosen. */
  readonly answer: Extract<Reply, { kind: "replied" }> | null;
  /** OpenClaw confirms the choice; other verdicts are shown unfolded. */
  readonly isAccepted: boolean;
  readonly isStarting: boolean;
  /** The gateway runs since before the write. */
  readonly isOlder: boolean;
  /** The gateway runs with the new files. */
  readonly isOpen: boolean;
  readonly canAsk: boolean;
  /** A start was requested, and came at least to its first step. */
  readonly wasBegun: boolean;
}

/** Takes a written outcome and the gateway as found now. Pure. */
export function endingOf(
  { launch, ...applied }: Pick<Applied, "verification" | "reply" | "launch" | "chosen">,
  gateway: GatewayState,
): Ending {
  const verified = applied.verification.result;
  const verification = verified?.kind === "done" ? verified.value : null;
  const replied = applied.reply?.result;
  const reply = replied?.kind === "done" ? replied.value : null;
  const isStarting = launch !== null && launch.job.result === null;
  const proofs = {
    verification,
    reply,
    // A failed start overrides every promise.
    replyFailed:
      replied?.kind === "failed" || (launch !== null && !isStarting && !launch.launch.isReady),
    gateway,
    writtenAt: applied.chosen.writtenAt,
  };
  const isOlder = isOlderThanWrite(proofs);
  const isHere = gateway.kind === "here" && !isStarting;
  return {
    standing: standingOf(proofs),
    verification,
    answer: reply?.kind === "replied" && isAsChosen(reply) ? reply : null,
    isAccepted: isAccepted(verification),
    isStarting,
    isOlder,
    isOpen: !isStarting && answersHere(gateway) && !isOlder,
    canAsk: isHere && verification?.kind === "answered",
    wasBegun: launch !== null && (isStarting || launch.launch.steps.length > 0),
  };
}

function isAccepted(value: Verification | null): boolean {
  const isUsable = value?.kind === "answered" && value.valid !== false;
  return isUsable && value.verdict === "usable" && value.differences.length === 0;
}
