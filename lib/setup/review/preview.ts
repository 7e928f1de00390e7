/** A plan as the page shows it: line by line, unchanged stretches folded, every secret masked. */

import { diffLines } from "diff";
import { maskText } from "@/lib/secrets/mask";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import { highlight, type Inside, type Language, linesInside } from "@/lib/setup/review/highlight";
import { changedParts, type Part } from "@/lib/setup/review/word-diff";
import type { Plan, PlannedFile } from "@/lib/setup/types";

export type PreviewLine =
  | {
      readonly kind: "same" | "added" | "removed";
      readonly before: number | null;
      readonly after: number | null;
      readonly text: string;
      /** The same text word by word. */
      readonly parts: readonly Part[];
    }
  | { readonly kind: "fold"; readonly count: number };

export interface FilePreview {
  readonly path: string;
  /** Octal, e.g. "0600". */
  readonly mode: string;
  readonly created: boolean;
  readonly role: PlannedFile["role"];
  readonly lines: readonly PreviewLine[];
}

export interface Preview {
  readonly files: readonly FilePreview[];
  /** The whole config as it will be, masked: the main file, then each that it includes. */
  readonly config: string;
  readonly included: ReadonlyArray<{ readonly path: string; readonly text: string }>;
}

const CONTEXT = 3;
const LONGEST_LINE = 2000;

export function previewOf(plan: Plan): Preview {
  const { homeDir } = plan.snapshot;
  const shown = (path: string) =>
    path.startsWith(`${homeDir}/`) ? `~${path.slice(homeDir.length)}` : path;
  const mask = (text: string) => showControls(maskText(text, plan.secrets));
  return {
    files: [
      ...plan.files,
      ...storeFiles(plan).map((file) => ({ ...file, role: "login" as const })),
    ].map((file) => ({
      path: shown(file.path),
      mode: file.mode.toString(8).padStart(4, "0"),
      created: file.before === null,
      role: file.role,
      lines: dress(
        fold(compare(text(file.before), text(file.after), languageOf(file.role))),
        languageOf(file.role),
        mask,
      ),
    })),
    config: mask(plan.config.after),
    included: plan.config.included.map(({ path, after }) => ({
      path: shown(path),
      text: mask(after),
    })),
  };
}

/**
 * Characters that a page would not show, or that turn its reading order round, by their number: what
 * is signed must look like what is written (Unicode TR 36, section 2.5). Joiners and variants, which
 * emoji and whole scripts need, count where they follow ASCII.
 */
const JOINING = String.raw`(?:\u200C|\u200D|\uFE0E|\uFE0F)`;
const HIDDEN = new RegExp(
  String.raw`[\p{Cc}\u2028\u2029\uFFF9-\uFFFB]|(?!${JOINING})\p{Default_Ignorable_Code_Point}|(?<=[!-~])${JOINING}+`,
  "gu",
);

function showControls(text: string): string {
  return text.replace(HIDDEN, (found) => [...found].map(byNumber).join(""));
}

function byNumber(char: string): string {
  const number = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return /[\t\n\r]/u.test(char) ? char : `⟨U+${number}⟩`;
}

function text(bytes: Uint8Array | null): string {
  return bytes === null ? "" : new TextDecoder().decode(bytes);
}

function languageOf(role: PlannedFile["role"]): Language {
  return role === "dotenv" ? "dotenv" : "json5";
}

/** A line as it stands in the file, with what it begins inside of. */
interface RawLine {
  readonly kind: "same" | "added" | "removed";
  readonly before: number | null;
  readonly after: number | null;
  readonly text: string;
  readonly inside: Inside;
}
type Folded = RawLine | { readonly kind: "fold"; readonly count: number };

const linesOf = (text: string) => text.replace(/\r?\n$/u, "").split(/\r?\n/u);

/** The real bytes are compared: two secrets may look the same once masked. */
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

/** Masks what is shown, and only then looks at its words: no part holds what the line does not. */
function dress(
  lines: readonly Folded[],
  language: Language,
  mask: (text: string) => string,
): PreviewLine[] {
  const shown = lines.map((line) => {
    if (line.kind === "fold") return line;
    const { inside, ...rest } = line;
    const text = mask(line.text).slice(0, LONGEST_LINE);
    const tokens = highlight(text, language, inside);
    return { ...rest, text, parts: tokens.map((token) => ({ ...token, changed: false })) };
  });
  for (let index = 0; index < shown.length; index += 1) {
    const removed = run(shown, index, "removed");
    if (removed === 0) continue;
    const added = run(shown, index + removed, "added");
    const [from, to] = [index + removed, index + removed + added];
    const partsOf = (line: PreviewLine) => (line.kind === "fold" ? [] : line.parts);
    const parts = changedParts(
      shown.slice(index, from).map(partsOf),
      shown.slice(from, to).map(partsOf),
    );
    [...parts.removed, ...parts.added].forEach((line, place) => {
      const target = shown[index + place];
      if (target && target.kind !== "fold") target.parts = line;
    });
    index = to - 1;
  }
  return shown;
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
