/** The keys that each release was seen to refuse first, as `npm run learn` wrote them down. */

import * as z from "zod";
import LEARNED from "@/lib/openclaw/releases/learned-keys.json";
import type { RetiredKey } from "@/lib/openclaw/releases/retired-key";

const Change = z.strictObject({
  key: z.string(),
  /** Begins with a dot where it is below the same place. */
  to: z.string().optional(),
  /** What each value is called now; one without a successor is gone. */
  values: z.array(z.array(z.json()).min(1).max(2)).optional(),
  factor: z.number().optional(),
});

const Release = z.strictObject({
  release: z.string(),
  /** The tested release before it. */
  before: z.string(),
  keys: z.array(
    z.strictObject({
      /** Places that have the same keys, as a channel and each of its accounts. */
      in: z.array(z.string()),
      gone: z.array(z.string()).optional(),
      changed: z.array(Change).optional(),
    }),
  ),
  /** What is refused too, and why no rule tells what becomes of it. */
  open: z.array(z.string()),
});

type Release = z.infer<typeof Release>;

const RELEASES: readonly Release[] = z.array(Release).parse(LEARNED);

/** What is in an object goes before the object itself. */
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

/** Agents are listed in one way or the other (2026.8.1 to 2026.9.6 take both). */
function bothWays(place: string): string[] {
  const other = place.startsWith("agents.list.*")
    ? place.replace("agents.list.*", "agents.entries.*")
    : place.replace(/^agents\.entries\.\*/u, "agents.list.*");
  return [...new Set([place, other])];
}
