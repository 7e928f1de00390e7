/** Who has been let in, and what the server keeps for each: in memory only, gone when the process ends. */

import { randomBytes } from "node:crypto";
import { RateLimit } from "@/lib/door/rate-limit";

/** What became of a change that was under way when a visit was ended; the last is the worst. */
const ENDS = ["idle", "finished", "takenBack", "left"] as const;
export type VisitEnd = (typeof ENDS)[number];

export interface Session {
  readonly id: string;
  /** The user of this machine whose browser was let in; null where the system does not tell. */
  readonly user: number | null;
  /** Named places for what other rooms keep; a value never leaves the server by itself. */
  readonly slots: Map<string, unknown>;
  /** For all that changes something: a person never comes near it. */
  readonly changes: RateLimit;
  /** Brings what runs for this visit to an end, and forgets what it holds. Set by who fills the slots. */
  end: () => Promise<VisitEnd>;
}

const MOST_SESSIONS = 16;

export class SessionStore {
  private readonly sessions = new Map<string, Session>();

  create(user: number | null): Session {
    const session: Session = {
      id: randomBytes(32).toString("base64url"),
      user,
      slots: new Map(),
      changes: new RateLimit({ burst: 60, perSecond: 4 }),
      end: async () => "idle",
    };
    // Bounded: the oldest visit gives way.
    const [oldest] = this.sessions.values();
    if (this.sessions.size >= MOST_SESSIONS && oldest) {
      this.sessions.delete(oldest.id);
      void oldest.end().catch(() => {});
    }
    this.sessions.set(session.id, session);
    return session;
  }

  find(id: string | undefined): Session | null {
    return (id && this.sessions.get(id)) || null;
  }

  /** Ends every visit; the worst of what became of them. */
  async endAll(): Promise<VisitEnd> {
    const ends = await Promise.all(
      [...this.sessions.values()].map((session) => session.end().catch((): VisitEnd => "left")),
    );
    return ENDS.findLast((end) => ends.includes(end)) ?? "idle";
  }
}
