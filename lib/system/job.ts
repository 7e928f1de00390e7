/** Work that outlives one request: started by an action, watched by a page, ended by a button. */

import { channel } from "node:diagnostics_channel";

/** A channel is one for the process, however many copies of this module a bundler makes. */
const CHANGES = channel("openclaw-setup:change");

/** Calls `listener` at the end of every job and at every step that one tells of. Returns what stops that. */
export function onChange(listener: () => void): () => void {
  // A channel hands its message on, which has no part here.
  const heard = () => listener();
  CHANGES.subscribe(heard);
  return () => void CHANGES.unsubscribe(heard);
}

/** Says that something is otherwise by now which a page may show. */
export function tellChange(): void {
  CHANGES.publish(null);
}

export interface Job<T> {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The same; null while it runs. */
  readonly endedAt: number | null;
  /** Null while it runs. */
  result: { readonly kind: "done"; readonly value: T } | { readonly kind: "failed" } | null;
  readonly settled: Promise<void>;
  readonly cancel: () => void;
  /** It was told to end; it may still be at it, as when something has to be put back first. */
  readonly cancelled: boolean;
}

/** Starts at once. What it throws becomes `failed`, so that no rejection goes unheard. */
export function startJob<T>(work: (signal: AbortSignal) => Promise<T>): Job<T> {
  const controller = new AbortController();
  const job: { -readonly [K in keyof Job<T>]: Job<T>[K] } = {
    startedAt: Date.now(),
    endedAt: null,
    result: null,
    settled: Promise.resolve(),
    cancel: () => controller.abort(),
    get cancelled() {
      return controller.signal.aborted;
    },
  };
  job.settled = work(controller.signal).then(
    (value) => {
      job.endedAt = Date.now();
      job.result = { kind: "done", value };
    },
    () => {
      job.endedAt = Date.now();
      job.result = { kind: "failed" };
    },
  );
  job.settled.then(tellChange);
  return job;
}

/** A wait shorter than this needs no words, and no page of its own. */
const UNNOTICED_MS = 300;

/** Waits until the job ends or the time is up, whichever comes first: quick work needs no waiting page. */
export async function settledWithin(
  job: { readonly settled: Promise<unknown> },
  milliseconds = UNNOTICED_MS,
): Promise<void> {
  await Promise.race([
    job.settled,
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  ]);
}
