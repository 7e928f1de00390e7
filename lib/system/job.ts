/** Work that outlives a request: an action starts it, a page watches it, a button cancels it. */

import { channel } from "node:diagnostics_channel";

/** A channel exists once per process, even if a bundler copies this module. */
const CHANGES = channel("openclaw-setup:change");

/** Calls `listener` at the end of every job and at every reported step. Returns an unsubscribe function. */
export function onChange(listener: () => void): () => void {
  const heard = () => listener();
  CHANGES.subscribe(heard);
  return () => void CHANGES.unsubscribe(heard);
}

export function tellChange(): void {
  CHANGES.publish(null);
}

/** A named part of the work, shown to users. */
export interface Stage<S extends string = string> {
  readonly name: S;
  readonly startedAt: number;
  /** Null while it runs. */
  readonly endedAt: number | null;
}

/** `S` names its stages. */
export interface Job<T, S extends string = string> {
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
  /** Null while it runs. */
  readonly endedAt: number | null;
  result: { readonly kind: "done"; readonly value: T } | { readonly kind: "failed" } | null;
  /** In the order in which they began. */
  readonly stages: readonly Stage<S>[];
  readonly settled: Promise<void>;
  readonly cancel: () => void;
  /** The job was told to end; it may still be restoring something. */
  readonly cancelled: boolean;
}

/** An error becomes `failed`, so that no rejection is unhandled. The work calls `begin` for each next stage. */
export function startJob<T, S extends string = string>(
  work: (signal: AbortSignal, begin: (stage: S) => void) => Promise<T>,
): Job<T, S> {
  const controller = new AbortController();
  const job: { -readonly [K in keyof Job<T, S>]: Job<T, S>[K] } = {
    startedAt: Date.now(),
    endedAt: null,
    result: null,
    stages: [],
    settled: Promise.resolve(),
    cancel: () => controller.abort(),
    get cancelled() {
      return controller.signal.aborted;
    },
  };
  const begin = (name: S) => {
    const now = Date.now();
    job.stages = [...ended(job.stages, now), { name, startedAt: now, endedAt: null }];
    tellChange();
  };
  const end = (result: NonNullable<Job<T, S>["result"]>) => {
    job.endedAt = Date.now();
    job.stages = ended(job.stages, job.endedAt);
    job.result = result;
  };
  job.settled = work(controller.signal, begin).then(
    (value) => end({ kind: "done", value }),
    () => end({ kind: "failed" }),
  );
  job.settled.then(tellChange);
  return job;
}

function ended<S extends string>(stages: readonly Stage<S>[], at: number): readonly Stage<S>[] {
  return stages.map((stage) => (stage.endedAt === null ? { ...stage, endedAt: at } : stage));
}

const UNNOTICED_MS = 300;

/** Returns when the job has ended, or after that time, whichever is first. */
export async function settledWithin(
  job: { readonly settled: Promise<unknown> },
  milliseconds = UNNOTICED_MS,
): Promise<void> {
  await Promise.race([
    job.settled,
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  ]);
}
