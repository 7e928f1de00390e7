/** A new config told by its settings instead of its lines. */

import JSON5 from "json5";

/** One setting of a file: its place as OpenClaw writes it (`agents.defaults.model.primary`), its value as JSON, masked. */
export interface Setting {
  readonly place: string;
  readonly value: string;
}

/** More than these are no shorter to read than the file itself. */
const MOST = 20;

/**
 * The settings of a JSON5 text whose secrets are masked already, in its order; null where it is no
 * object of them, or has so many that the file is read as easily.
 */
export function settingsOf(masked: string): readonly Setting[] | null {
  let root: unknown;
  try {
    root = JSON5.parse(masked);
  } catch {
    return null;
  }
  const settings = leaves(root, []);
  return settings.length === 0 || settings.length > MOST ? null : settings;
}

function leaves(value: unknown, path: readonly string[]): Setting[] {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries = isPlain ? Object.entries(value) : [];
  if (entries.length > 0) return entries.flatMap(([key, own]) => leaves(own, [...path, key]));
  return path.length === 0 ? [] : [{ place: path.join("."), value: JSON.stringify(value) }];
}
