/** The keys that each release was the first to refuse, as recorded by `npm run learn`. */

import * as z from "zod";
import LEARNED from "@/lib/openclaw/releases/learned-keys.json" with { type: "json" };
import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";

const Change = z.strictObject({
  key: z.string(),
  /** Starts with a dot if it is below the same place. */
  to: z.string().optional(),
  /** The new name of each value; one without a successor is removed. */
  values: z.array(z.array(z.json()).min(1).max(2)).optional(),
  factor: z.number().optional(),
});

const Release = z.strictObject({
  release: z.string(),
  /** The previous tested release. */
  before: z.string(),
  keys: z.array(
    z.strictObject({
      /** Places with the same keys, such as a channel and each of its accounts. */
      in: z.array(z.string()),
      gone: z.array(z.string()).optional(),
      changed: z.array(Change).optional(),
    }),
  ),
  /** Refused by an older release, accepted again. */
  again: z.array(z.string()).optional(),
  /** Refused keys without a rule, each with the reason. */
  open: z.array(z.string()),
});

type Release = z.infer<typeof Release>;

const RELEASES: readonly Release[] = z.array(Release).parse(LEARNED);

/** Contents come before their object. */
export function learnedKeys(release: string): readonly RetiredKey[] {
  const found = RELEASES.find((one) => one.release === release);
  const keys = (found?.keys ?? []).flatMap(({ in: places, gone = [], changed = [] }) =>
    places
      .flatMap(bothWays)
      .flatMap((place) => [
        ...gone.map((key): RetiredKey => ({ path: below(place, key) })),
        ...changed.map((one) => changedKey(place, one)),
      ]),
  );
  return keys.toSorted((a, b) => b.path.length - a.path.length);
}

export function takenAgain(release: string): readonly string[] {
  return RELEASES.find((one) => one.release === release)?.again ?? [];
}

function changedKey(
  place: string,
  { key, to, values, factor }: z.infer<typeof Change>,
): RetiredKey {
  return {
    path: below(place, key),
    ...(to === undefined
      ? {}
      : { movedTo: to.startsWith(".") ? below(place, to.slice(1)) : to.split(".") }),
    ...(values === undefined
      ? {}
      : {
          values: values.map(([old, now]) =>
            now === undefined ? ([old ?? null] as const) : ([old ?? null, now] as const),
          ),
        }),
    ...(factor === undefined ? {} : { factor }),
  };
}

function below(place: string, key: string): string[] {
  return (place === "" ? key : `${place}.${key}`).split(".");
}

/** Agents are listed in one of two ways (2026.8.1 to 2026.9.6 accept both). */
function bothWays(place: string): string[] {
  const other = place.startsWith("agents.list.*")
    ? place.replace("agents.list.*", "agents.entries.*")
    : place.replace(/^agents\.entries\.\*/u, "agents.list.*");
  return [...new Set([place, other])];
}
