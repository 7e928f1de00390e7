/** Tells which credential answered, and never more than was seen. */

import type { Credential } from "@/lib/setup/verify/credential-in-use";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Verification } from "@/lib/setup/verify/verify";

type Replied = Extract<Reply, { kind: "replied" }>;

/** The gateway must have read the new files. Pure. */
export function isAsChosen({ differences, isOlder }: Replied): boolean {
  return differences.length === 0 && !isOlder;
}

/**
 * OpenClaw does not say which stored credential answered, so with a backup it is `either`. Pure.
 * `isFresh`: the gateway was started with these files, by no service with its own key.
 */
export function answeredBy(
  reply: Replied,
  verification: Verification | null,
  isFresh: boolean,
): { readonly credential: Credential; readonly either: boolean } {
  const answered = verification?.kind === "answered" ? verification : null;
  // `models status` speaks only of the chosen model, and of a gateway that read the same files.
  const isTold = isAsChosen(reply) && (reply.by === "local" || isFresh);
  const told = isTold ? answered?.credential : null;
  return {
    credential: reply.credential ?? told ?? { kind: "unknown", words: "" },
    either: reply.credential === null && answered?.backup === true,
  };
}
