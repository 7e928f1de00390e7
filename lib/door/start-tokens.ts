/** One-time tokens of the printed address: 256 random bits, each good for one visit. */

import { createHash, randomBytes } from "node:crypto";

export type Redemption = "accepted" | "used" | "unknown";

export class StartTokens {
  /** SHA-256 of a token, so that a look-up takes no time that depends on the token's text. */
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
