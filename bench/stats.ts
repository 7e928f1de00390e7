/** Repeated measurements in a few numbers. */

export interface Summary {
  readonly n: number;
  readonly median: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

/** Throws without values: a row that measured nothing must not look like one that did. */
export function summarize(values: readonly number[]): Summary {
  if (values.length === 0) throw new Error("nothing was measured");
  const sorted = values.toSorted((a, b) => a - b);
  return {
    n: sorted.length,
    median: round(quantile(sorted, 0.5)),
    p95: round(quantile(sorted, 0.95)),
    min: round(sorted[0] ?? Number.NaN),
    max: round(sorted.at(-1) ?? Number.NaN),
  };
}

/** Between neighbours by their distance, so that few values give no jumps. */
function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}

export function round(value: number, digits = 3): number {
  return Number(value.toPrecision(digits + 1));
}

/** Runs two things in turn, the first one first in every other round, so that a drift meets both. */
export async function alternately<A, B>(
  rounds: number,
  ours: (round: number) => Promise<A>,
  floor: (round: number) => Promise<B>,
): Promise<{ readonly ours: A[]; readonly floor: B[] }> {
  const results: { ours: A[]; floor: B[] } = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) results.ours.push(await ours(round));
    results.floor.push(await floor(round));
    if (round % 2 === 1) results.ours.push(await ours(round));
  }
  return results;
}
