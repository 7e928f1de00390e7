/** Applies edits to parsed values and compares values. */

import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";

type JsonObject = { readonly [key: string]: Json };

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** Own properties only; undefined if the path does not exist. */
export function valueAt(root: Json, path: ConfigPath): Json | undefined {
  let at: Json | undefined = root;
  for (const part of path) {
    if (at === undefined) return undefined;
    at = child(at, part);
  }
  return at;
}

function child(value: Json, part: string | number): Json | undefined {
  if (typeof part === "number") return isJsonArray(value) ? value[part] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

/** Null if the path holds no list. */
export function textsAt(root: Json, path: ConfigPath): string[] | null {
  const list = valueAt(root, path);
  return isJsonArray(list) ? list.filter((one): one is string => typeof one === "string") : null;
}

/** Trims the text; undefined if it is missing or blank. */
export function textAt(root: Json, path: ConfigPath): string | undefined {
  const value = valueAt(root, path);
  return typeof value === "string" ? value.trim() || undefined : undefined;
}

/** Safe for `__proto__`, which assignment would swallow. */
export function withProperty(object: JsonObject, key: string, value: Json): JsonObject {
  const copy = { ...object };
  Object.defineProperty(copy, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

/** The value for a missing parent: nested objects, or a one-item array for index 0. */
export function nest(path: ConfigPath, value: Json): Json | undefined {
  let built: Json = value;
  for (let i = path.length - 1; i >= 0; i -= 1) {
    const part = path[i];
    if (typeof part === "number") {
      if (part !== 0) return undefined;
      built = [built];
    } else if (part !== undefined) {
      built = withProperty({}, part, built);
    }
  }
  return built;
}

/** Shares unchanged parts. Undefined if the path cannot exist. Removing a missing value returns the same root. */
export function applyEdit(root: Json, edit: ConfigEdit): Json | undefined {
  if (edit.op === "set") return setAt(root, edit.path, edit.value);
  const gone = removeAt(root, emptiedPath(root, edit));
  if (edit.op === "remove" || gone === undefined) return gone;
  return gone === root ? root : setAt(gone, edit.to, edit.value);
}

function emptiedPath(root: Json, edit: Exclude<ConfigEdit, { op: "set" }>): ConfigPath {
  let path = edit.path;
  if (valueAt(root, path) === undefined) return path;
  for (let left = mostEmptied(edit); left > 0; left -= 1) {
    const above = path.slice(0, -1);
    const object = valueAt(root, above);
    const isOnly = isJsonObject(object) && Object.keys(object).length === 1;
    if (!isOnly || typeof above.at(-1) !== "string") break;
    path = above;
  }
  return path;
}

/** The number of parents that may go, excluding parents of a move's target. */
export function mostEmptied(edit: Exclude<ConfigEdit, { op: "set" }>): number {
  const { path, emptied = 0 } = edit;
  const shared = edit.op === "move" ? path.findIndex((part, i) => edit.to[i] !== part) : 0;
  return Math.min(emptied, path.length - 1 - Math.max(shared, 0));
}

export function withoutMoves(edits: readonly ConfigEdit[]): ConfigEdit[] {
  return edits.flatMap((edit): ConfigEdit[] => {
    if (edit.op === "set") return [edit];
    const removed: ConfigEdit = { op: "remove", path: edit.path };
    return edit.op === "remove"
      ? [removed]
      : [removed, { op: "set", path: edit.to, value: edit.value }];
  });
}

function setAt(node: Json, path: ConfigPath, value: Json): Json | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === "number") {
    if (!isJsonArray(node) || !Number.isInteger(part) || part < 0 || part > node.length) {
      return undefined;
    }
    const old = node[part];
    const next = old === undefined ? nest(rest, value) : setAt(old, rest, value);
    return next === undefined ? undefined : [...node.slice(0, part), next, ...node.slice(part + 1)];
  }
  if (!isJsonObject(node)) return undefined;
  const old = child(node, part);
  const next = old === undefined ? nest(rest, value) : setAt(old, rest, value);
  return next === undefined ? undefined : withProperty(node, part, next);
}

function removeAt(node: Json, path: ConfigPath): Json | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return undefined;
  const old = child(node, part);
  if (old === undefined) return node;
  if (rest.length > 0) {
    const next = removeAt(old, rest);
    if (next === undefined || next === old) return next === undefined ? undefined : node;
    if (typeof part === "number") return isJsonArray(node) ? node.with(part, next) : undefined;
    return isJsonObject(node) ? withProperty(node, part, next) : undefined;
  }
  if (typeof part === "number") return isJsonArray(node) ? node.toSpliced(part, 1) : undefined;
  const copy = isJsonObject(node) ? { ...node } : {};
  delete copy[part];
  return copy;
}

/** NaN equals NaN and -0 differs from 0, as in their text. `order` makes key order count. */
export function sameJson(a: Json, b: Json, order = false): boolean {
  if (Object.is(a, b)) return true;
  if (isJsonArray(a) && isJsonArray(b)) {
    return a.length === b.length && a.every((item, i) => sameJson(item, b[i] as Json, order));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  const others = Object.keys(b);
  if (keys.length !== others.length) return false;
  return keys.every(
    (key, i) =>
      (order ? others[i] === key : Object.hasOwn(b, key)) &&
      sameJson(a[key] as Json, b[key] as Json, order),
  );
}
