/** Describes a new config or store of logins by its settings instead of its lines. */

import JSON5 from "json5";

/** Its path as OpenClaw writes it (`agents.defaults.model.primary`), and its masked JSON value. */
export interface Setting {
  readonly place: string;
  readonly value: string;
}

/** With more settings, the file itself is as easy to read. */
const MOST = 20;

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
