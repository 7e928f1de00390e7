/** Where logins wait, on the server alone, until OpenClaw has them; everybody else holds an id. */

import { randomBytes } from "node:crypto";

export interface TokenStore<T> {
  /** Keeps it and returns the id: 256 random bits, and nothing derived from what is kept. */
  put(value: T): Promise<string>;
  /** Null when it was never there, was deleted, has run out, or the server was restarted. */
  get(id: string): Promise<T | null>;
  /** Forgets it; also when it is not there. */
  delete(id: string): Promise<void>;
}

export interface MemoryStoreOptions {
  /** Milliseconds after which an unused login is forgotten; default one hour. */
  readonly lifetimeMs?: number;
  /** Oldest out beyond this many; default 8. */
  readonly capacity?: number;
  readonly now?: () => number;
}

/** Kept in this process only. A restart forgets all, which asks for a new sign-in, never for more. */
export function createMemoryTokenStore<T>(options: MemoryStoreOptions = {}): TokenStore<T> {
  const lifetimeMs = options.lifetimeMs ?? 60 * 60_000;
  const capacity = options.capacity ?? 8;
  const now = options.now ?? Date.now;
  const kept = new Map<string, { readonly value: T; readonly until: number }>();

  const dropExpired = () => {
    for (const [id, entry] of kept) if (entry.until <= now()) kept.delete(id);
  };
  return {
    async put(value) {
      dropExpired();
      const oldest = kept.keys().next();
      if (kept.size >= capacity && !oldest.done) kept.delete(oldest.value);
      const id = randomBytes(32).toString("base64url");
      kept.set(id, { value, until: now() + lifetimeMs });
      return id;
    },
    async get(id) {
      dropExpired();
      return kept.get(id)?.value ?? null;
    },
    async delete(id) {
      kept.delete(id);
    },
  };
}
