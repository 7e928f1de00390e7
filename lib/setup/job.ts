/** Work that outlives one request: started by an action, watched by a page, ended by a button. */

export interface Job<T> {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Null while it runs. */
  result: { readonly kind: "done"; readonly value: T } | { readonly kind: "failed" } | null;
  readonly settled: Promise<void>;
  readonly cancel: () => void;
}

/** Starts at once. What it throws becomes `failed`, so that no rejection goes unheard. */
export function startJob<T>(work: (signal: AbortSignal) => Promise<T>): Job<T> {
  const controller = new AbortController();
  const job: { -readonly [K in keyof Job<T>]: Job<T>[K] } = {
    startedAt: Date.now(),
    result: null,
    settled: Promise.resolve(),
    cancel: () => controller.abort(),
  };
  job.settled = work(controller.signal).then(
    (value) => {
      job.result = { kind: "done", value };
    },
    () => {
      job.result = { kind: "failed" };
    },
  );
  return job;
}

/** Waits until the job ends or the time is up, whichever comes first: quick work needs no waiting page. */
export function settledWithin(job: Job<unknown>, milliseconds: number): Promise<void> {
  return Promise.race([
    job.settled,
    new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
  ]);
}
