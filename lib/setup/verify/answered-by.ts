/** Which credential answered, as far as that is known: said of a reply, and never more than was seen. */

import type { Credential } from "@/lib/setup/verify/credential-in-use";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Verification } from "@/lib/setup/verify/verify";

type Replied = Extract<Reply, { kind: "replied" }>;

/** Whether it came from what was chosen, by a gateway that has read it. Pure. */
export function isAsChosen({ differences, isOlder }: Replied): boolean {
  return differences.length === 0 && !isOlder;
}

/**
 * OpenClaw does not say which of what it has stored answered; with a backup it may have been that: `either`.
 * `isFresh`: the gateway was started with the very files, and by no service with a key of its own. Pure.
 */
export function answeredBy(
  reply: Replied,
  verification: Verification | null,
  isFresh: boolean,
): { readonly credential: Credential; readonly either: boolean } {
  const answered = verification?.kind === "answered" ? verification : null;
  // What `models status` says is true of the chosen model alone, and of a gateway that read the same.
  const isTold = isAsChosen(reply) && (reply.by === "local" || isFresh);
  const told = isTold ? answered?.credential : null;
  return {
    credential: reply.credential ?? told ?? { kind: "unknown", words: "" },
    either: reply.credential === null && answered?.backup === true,
  };
}
