/** One-time tokens in the printed address: 256 random bits, each valid for one visit. */

import { createHash, randomBytes } from "node:crypto";

export type Redemption = "accepted" | "used" | "unknown";

export class StartTokens {
  /** Keys are SHA-256 hashes, so that look-up time does not depend on the token. */
  private readonly states = new Map<string, "fresh" | "used">();

  issue(): string {
    const token = randomBytes(32).toString("base64url");
    this.states.set(digest(token), "fresh");
    return token;
  }

  redeem(token: string): Redemption {
    const key = digest(token);
    const state = this.states.get(key);
    if (!state) return "unknown";
    if (state === "used") return "used";
    this.states.set(key, "used");
    return "accepted";
  }
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
