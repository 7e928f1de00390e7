/** Prepares a plan for the page: line differences with folds, and every secret masked. */

import { diffLines } from "diff";
import type { Piece } from "@/lib/secrets/cover";
import { maskFile, textOfPieces } from "@/lib/secrets/mask";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import { highlight, type Inside, type Language, linesInside } from "@/lib/setup/review/highlight";
import { type LinePart, shorten } from "@/lib/setup/review/long-line";
import { type Setting, settingsOf } from "@/lib/setup/review/meaning";
import { type ComparedToken, changedParts, type Part } from "@/lib/setup/review/word-diff";
import type { Plan, PlannedFile } from "@/lib/setup/types";
import { shownPath, visibleText } from "@/lib/text/visible";

export type PreviewLine =
  | {
      readonly kind: "same" | "added" | "removed";
      readonly before: number | null;
      readonly after: number | null;
      readonly parts: readonly LinePart[];
    }
  | { readonly kind: "fold"; readonly count: number };

export interface FilePreview {
  readonly path: string;
  readonly mode: string;
  readonly created: boolean;
  readonly role: PlannedFile["role"];
  readonly lines: readonly PreviewLine[];
  /** The masked settings of a new config or store of logins; null where the lines are shown at once. */
  readonly settings: readonly Setting[] | null;
}

export interface Preview {
  readonly files: readonly FilePreview[];
  readonly unwritten: readonly FilePreview[];
  /** The complete new config, masked: the main file, then its includes. */
  readonly config: string;
  readonly included: ReadonlyArray<{ readonly path: string; readonly text: string }>;
}

const CONTEXT = 3;

export function previewOf(plan: Plan): Preview {
  const { homeDir } = plan.snapshot;
  const shown = (path: string) => shownPath(path, homeDir);
  const whole = (text: string) => visibleText(textOfPieces(maskFile(text, "json5", plan.secrets)));
  const previewOfFile = (file: PlannedFile): FilePreview => ({
    path: shown(file.path),
    mode: file.mode.toString(8).padStart(4, "0"),
    created: file.before === null,
    role: file.role,
    lines: linesOfFile(text(file.before), text(file.after), languageOf(file.role), plan.secrets),
    settings:
      file.before === null && file.role !== "dotenv" ? settingsOf(whole(text(file.after))) : null,
  });
  const stores = storeFiles(plan).map((file) => ({ ...file, role: "login" as const }));
  return {
    files: [...plan.files, ...stores].map(previewOfFile),
    unwritten: plan.unwritten.map(previewOfFile),
    config: whole(plan.config.after),
    included: plan.config.included.map(({ path, after }) => ({
      path: shown(path),
      text: whole(after),
    })),
  };
}

function text(bytes: Uint8Array | null): string {
  return bytes === null ? "" : new TextDecoder().decode(bytes);
}

function languageOf(role: PlannedFile["role"]): Language {
  return role === "dotenv" ? "dotenv" : "json5";
}

interface RawLine {
  readonly kind: "same" | "added" | "removed";
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
  readonly inside: Inside;
}
type Folded = RawLine | { readonly kind: "fold"; readonly count: number };

const linesOf = (text: string) => text.replace(/\r?\n$/u, "").split(/\r?\n/u);

/** Compares the real bytes, since two masked secrets may look alike. */
function compare(before: string, after: string, language: Language): RawLine[] {
  const inside = [before, after].map((text) => linesInside(linesOf(text), language));
  const at = (side: 0 | 1, line: number) => inside[side]?.[line - 1] ?? "nothing";
  let [old, now] = [1, 1];
  return diffLines(before, after).flatMap(({ value, added, removed }) =>
    linesOf(value).map((line): RawLine => {
      if (added) {
        return { kind: "added", before: null, inside: at(1, now), after: now++, text: line };
      }
      if (removed) {
        return { kind: "removed", inside: at(0, old), before: old++, after: null, text: line };
      }
      return { kind: "same", inside: at(1, now), before: old++, after: now++, text: line };
    }),
  );
}

function linesOfFile(
  before: string,
  after: string,
  language: Language,
  secrets: readonly string[],
): PreviewLine[] {
  const masked = [before, after].map((one) => maskedLines(maskFile(one, language, secrets)));
  const folded = fold(compare(before, after, language));
  const shown = folded.map((line) => {
    if (line.kind === "fold") return line;
    const { inside, before: old, after: now, kind } = line;
    const pieces = now === null ? masked[0]?.[(old ?? 1) - 1] : masked[1]?.[now - 1];
    const tokens = tokensOf(pieces ?? [], language, inside);
    return { kind, before: old, after: now, tokens, parts: unchanged(tokens) };
  });
  markChanges(shown);
  return shown.map((line) => {
    if (line.kind === "fold") return line;
    const { kind, parts } = line;
    return { kind, before: line.before, after: line.after, parts: shorten(parts, kind) };
  });
}

const unchanged = (tokens: readonly ComparedToken[]): readonly Part[] =>
  tokens.map(({ text, look }) => ({ text, look, changed: false }));

function maskedLines(pieces: readonly Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const { text, hidden } of pieces) {
    text.split(/\r?\n/u).forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push({ text: part, hidden });
    });
  }
  return lines;
}

/** Tokens with the meaning behind their masks, since two masked secrets may look alike. */
function tokensOf(pieces: readonly Piece[], language: Language, inside: Inside): ComparedToken[] {
  const shown = pieces.map(({ text, hidden }) => ({ text: visibleText(text), hidden }));
  const masks: Array<{ start: number; end: number; hidden: string }> = [];
  let at = 0;
  for (const { text, hidden } of shown) {
    if (hidden !== null) masks.push({ start: at, end: at + text.length, hidden });
    at += text.length;
  }
  let [from, next] = [0, 0];
  return highlight(shown.map(({ text }) => text).join(""), language, inside).map((token) => {
    const [start, end] = [from, from + token.text.length];
    from = end;
    while (next < masks.length && (masks[next]?.end ?? 0) <= start) next += 1;
    const behind: string[] = [];
    for (let index = next; index < masks.length; index += 1) {
      const mask = masks[index];
      if (!mask || mask.start >= end) break;
      behind.push(mask.hidden);
    }
    return { ...token, means: [token.text, ...behind].join("\u0000") };
  });
}

interface ShownLine {
  readonly kind: "same" | "added" | "removed";
  readonly tokens: readonly ComparedToken[];
  parts: readonly Part[];
}

function markChanges(shown: ReadonlyArray<ShownLine | { readonly kind: "fold" }>): void {
  for (let index = 0; index < shown.length; index += 1) {
    const removed = run(shown, index, "removed");
    if (removed === 0) continue;
    const added = run(shown, index + removed, "added");
    const [from, to] = [index + removed, index + removed + added];
    const tokens = (line: ShownLine | { readonly kind: "fold" }) =>
      "tokens" in line ? line.tokens : [];
    const parts = changedParts(
      shown.slice(index, from).map(tokens),
      shown.slice(from, to).map(tokens),
    );
    [...parts.removed, ...parts.added].forEach((line, place) => {
      const target = shown[index + place];
      if (target && "tokens" in target) target.parts = line;
    });
    index = to - 1;
  }
}

function run(lines: readonly { kind: string }[], from: number, kind: string): number {
  const end = lines.findIndex((line, index) => index >= from && line.kind !== kind);
  return (end === -1 ? lines.length : end) - from;
}

function fold(lines: readonly RawLine[]): Folded[] {
  const near = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1)
      .some((line) => line.kind !== "same"),
  );
  const shown: Folded[] = [];
  let hidden = 0;
  lines.forEach((line, index) => {
    if (!near[index]) {
      hidden += 1;
      return;
    }
    if (hidden > 0) shown.push({ kind: "fold", count: hidden });
    hidden = 0;
    shown.push(line);
  });
  if (hidden > 0 && shown.length > 0) shown.push({ kind: "fold", count: hidden });
  return shown;
}
