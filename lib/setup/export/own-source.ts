/** Describes config changes for a user whose config is generated from another source. */

import path from "node:path";
import { createTwoFilesPatch } from "diff";
import JSON5 from "json5";
import { maskFile, textOfPieces } from "@/lib/secrets/mask";
import { nixValue } from "@/lib/setup/export/engines/nix";
import type { Immutable } from "@/lib/setup/snapshot";
import type { Plan } from "@/lib/setup/types";
import type { ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonObject, nest, valueAt, withProperty } from "@/lib/text/json5/value";

export interface OwnSource {
  readonly json: string;
  readonly nix: string;
  readonly removed: readonly string[];
}

/** Null if the plan writes the config itself or does not change it. Pure. */
export function ownSourceOf(plan: Plan): OwnSource | null {
  if (plan.unwritten.length === 0) return null;
  const { value } = plan.config;
  let added: Json = {};
  const removed: string[] = [];
  for (const place of plan.edited) {
    const at = wholeLists(place);
    const now = valueAt(value, at);
    if (now === undefined) removed.push(at.join("."));
    else added = merged(added, nest(at, now) ?? {});
  }
  const text = textOfPieces(maskFile(JSON.stringify(added, null, 2), "json5", plan.secrets));
  return { json: text, nix: nixValue(JSON5.parse<Json>(text), ""), removed: outermost(removed) };
}

/** Whether the source is a Nix module, as far as the machine shows. */
export function isOfNix(immutable: Immutable | null): boolean {
  if (immutable === null) return false;
  return (
    immutable.kind === "store" ||
    (immutable.kind === "variable" && immutable.name === "OPENCLAW_NIX_MODE")
  );
}

/** A patch for `patch -p1` or `git apply`; it contains real secrets. */
export function patchOf(plan: Plan): string {
  const decoder = new TextDecoder();
  const folder = path.dirname(plan.snapshot.configPath);
  return plan.unwritten
    .map(({ path: file, before, after }) => {
      const name = path.relative(folder, file).replaceAll(path.sep, "/");
      const text = (bytes: Uint8Array | null) => (bytes === null ? "" : decoder.decode(bytes));
      const from = before === null ? "/dev/null" : `a/${name}`;
      return createTwoFilesPatch(from, `b/${name}`, text(before), text(after), "", "");
    })
    .join("");
}

/** Gives whole lists, since sources cannot address single items. */
function wholeLists(place: ConfigPath): ConfigPath {
  const first = place.findIndex((part) => typeof part === "number");
  return first < 0 ? place : place.slice(0, first);
}

/** What lies in a place that goes needs no line of its own. */
function outermost(places: readonly string[]): string[] {
  return [...new Set(places)].filter(
    (place) => !places.some((other) => place.startsWith(`${other}.`)),
  );
}

function merged(a: Json, b: Json): Json {
  if (!isJsonObject(a) || !isJsonObject(b)) return b;
  return Object.entries(b).reduce(
    (now, [key, value]) => withProperty(now, key, merged(now[key] ?? {}, value)),
    a,
  );
}
