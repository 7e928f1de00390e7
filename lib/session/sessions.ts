/** Who has been let in, and what the server keeps for each: in memory only, gone when the process ends. */

import { randomBytes } from "node:crypto";
import { RateLimit } from "@/lib/session/rate-limit";

export interface Session {
  readonly id: string;
  /** Named places for what other rooms keep; a value never leaves the server by itself. */
  readonly slots: Map<string, unknown>;
  /** For all that changes something: a person never comes near it. */
  readonly changes: RateLimit;
}

const MOST_SESSIONS = 16;

export class SessionStore {
  private readonly sessions = new Map<string, Session>();

  create(): Session {
    const session: Session = {
      id: randomBytes(32).toString("base64url"),
      slots: new Map(),
      changes: new RateLimit({ burst: 60, perSecond: 4 }),
    };
    // Bounded: the oldest visit gives way.
    const [oldest] = this.sessions.keys();
    if (this.sessions.size >= MOST_SESSIONS && oldest !== undefined) this.sessions.delete(oldest);
    this.sessions.set(session.id, session);
    return session;
  }

  find(id: string | undefined): Session | null {
    return (id && this.sessions.get(id)) || null;
  }
}
