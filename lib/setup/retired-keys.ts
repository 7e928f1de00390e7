/** Keys that an older release wrote and this one refuses: each is taken out or moved, and can be declined. */

import type { ConfigPath, Json } from "@/lib/openclaw/config-types";
import { isJsonArray, isJsonObject, valueAt } from "@/lib/openclaw/config-value";
import type { RetiredKey } from "@/lib/openclaw/releases";
import type { Finding } from "@/lib/setup/repairs";

/** In the order of the table. A value whose new place is taken is left, so that neither is lost. Pure. */
export function retiredKeys(config: Json, keys: readonly RetiredKey[]): Finding[] {
  return keys.flatMap(({ path, movedTo }) =>
    placesOf(config, path).flatMap((place): Finding[] => {
      const name = place.join(".");
      const value = valueAt(config, place);
      if (value === undefined) return [];
      if (!movedTo) {
        return [
          {
            id: `retired-key:${name}`,
            kind: "retired-key",
            data: { path: name },
            important: true,
            edits: [{ op: "remove", path: place }],
          },
        ];
      }
      if (valueAt(config, movedTo) !== undefined) return [];
      return [
        {
          id: `moved-key:${name}`,
          kind: "moved-key",
          data: { from: name, to: movedTo.join(".") },
          important: true,
          edits: [
            { op: "remove", path: place },
            { op: "set", path: movedTo, value },
          ],
        },
      ];
    }),
  );
}

/** Every place that a path with `*` stands for. */
function placesOf(config: Json, path: ConfigPath): ConfigPath[] {
  const at = path.indexOf("*");
  if (at < 0) return [path];
  const start = path.slice(0, at);
  const parent = valueAt(config, start);
  const names: ReadonlyArray<string | number> = isJsonArray(parent)
    ? [...parent.keys()]
    : Object.keys(isJsonObject(parent) ? parent : {});
  return names.flatMap((name) => placesOf(config, [...start, name, ...path.slice(at + 1)]));
}
