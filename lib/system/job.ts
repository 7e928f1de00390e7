/** Work that outlives a request: an action starts it, a page watches it, a button cancels it. */

import { channel } from "node:diagnostics_channel";

/** A channel exists once per process, even if a bundler copies this module. */
const CHANGES = channel("openclaw-setup:change");

/** Calls `listener` at the end of every job and at every reported step. Returns an unsubscribe function. */
export function onChange(listener: () => void): () => void {
  // Drops the channel's message argument.
  const heard = () => listener();
  CHANGES.subscribe(heard);
  return () => void CHANGES.unsubscribe(heard);
}

/** Announces that something a page may show has changed. */
export function tellChange(): void {
  CHANGES.publish(null);
}

export interface Job<T> {
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  /** In milliseconds since the epoch; null while it runs. */
  readonly endedAt: number | null;
  result: { readonly kind: "done"; readonly value: T } | { readonly kind: "failed" } | null;
  readonly settled: Promise<void>;
  readonly cancel: () => void;
  /** The job was told to end; it may still be restoring something. */
  readonly cancelled: boolean;
}

/** Starts at once. An error becomes `failed`, so that no rejection is unhandled. */
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

/** Shorter waits need no waiting page. */
const UNNOTICED_MS = 300;

/** Resolves when the job ends or the time is up. */
export async function settledWithin(
  job: { readonly settled: Promise<unknown> },
  milliseconds = UNNOTICED_MS,
): Promise<void> {
  await Promise.race([
    job.settled,
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  ]);
}
