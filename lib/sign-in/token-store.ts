/** Keeps logins on the server until OpenClaw has them; others hold only an id. */

import { randomBytes } from "node:crypto";

export interface TokenStore<T> {
  /** Returns an id of 256 random bits. */
  put(value: T): Promise<string>;
  /** Null if the entry is unknown, deleted, expired or lost in a restart. */
  get(id: string): Promise<T | null>;
  delete(id: string): Promise<void>;
}

export interface MemoryStoreOptions {
  readonly lifetimeMs?: number;
  readonly capacity?: number;
  readonly now?: () => number;
}

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
