/** The visitors that were let in, kept only in memory. */

import { randomBytes } from "node:crypto";
import { RateLimit } from "@/lib/door/rate-limit";

/** The outcome of a running change when a visit ends, from best to worst. */
const ENDS = ["idle", "finished", "takenBack", "left"] as const;
export type VisitEnd = (typeof ENDS)[number];

export interface Session {
  readonly id: string;
  /** The local user of the browser; null if the system cannot tell. */
  readonly user: number | null;
  readonly slots: Map<string, unknown>;
  /** Limits changes to a rate that no human reaches. */
  readonly changes: RateLimit;
  /** Ends the visit's running work and forgets its data. Set by the owner of the slots. */
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

  async endAll(): Promise<VisitEnd> {
    const ends = await Promise.all(
      [...this.sessions.values()].map((session) => session.end().catch((): VisitEnd => "left")),
    );
    return ENDS.findLast((end) => ends.includes(end)) ?? "idle";
  }
}
