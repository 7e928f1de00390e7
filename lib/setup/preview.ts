/** A plan as the page shows it: line by line, unchanged stretches folded, every secret masked. */

import { diffLines } from "diff";
import { maskText } from "@/lib/setup/mask";
import type { Plan, PlannedFile } from "@/lib/setup/types";

export type PreviewLine =
  | {
      readonly kind: "same" | "added" | "removed";
      readonly before: number | null;
      readonly after: number | null;
      readonly text: string;
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
  /** The whole config as it will be, masked. */
  readonly config: string;
}

const CONTEXT = 3;
const LONGEST_LINE = 2000;

export function previewOf(plan: Plan): Preview {
  const { homeDir } = plan.snapshot;
  const mask = (text: string) => showControls(maskText(text, plan.secrets));
  return {
    files: [
      ...plan.files,
      ...(plan.handOver ? [{ ...plan.handOver.file, role: "login" as const }] : []),
    ].map((file) => ({
      path: file.path.startsWith(`${homeDir}/`) ? `~${file.path.slice(homeDir.length)}` : file.path,
      mode: file.mode.toString(8).padStart(4, "0"),
      created: file.before === null,
      role: file.role,
      lines: fold(compare(text(file.before), text(file.after))).map((line) =>
        line.kind === "fold" ? line : { ...line, text: mask(line.text).slice(0, LONGEST_LINE) },
      ),
    })),
    config: mask(plan.config.after),
  };
}

/**
 * Characters that a page would not show, or that turn its reading order round, by their number: what
 * is signed must look like what is written (Unicode TR 36, section 2.5).
 */
const HIDDEN =
  /[\p{Cc}\u00AD\u061C\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]/gu;

function showControls(text: string): string {
  return text.replace(HIDDEN, (char) =>
    /[\t\n\r]/u.test(char)
      ? char
      : `⟨U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

function text(bytes: Uint8Array | null): string {
  return bytes === null ? "" : new TextDecoder().decode(bytes);
}

/** The real bytes are compared: two secrets may look the same once masked. */
function compare(before: string, after: string): PreviewLine[] {
  let [old, now] = [1, 1];
  return diffLines(before, after).flatMap(({ value, added, removed }) =>
    value
      .replace(/\r?\n$/u, "")
      .split(/\r?\n/u)
      .map((line): PreviewLine => {
        if (added) return { kind: "added", before: null, after: now++, text: line };
        if (removed) return { kind: "removed", before: old++, after: null, text: line };
        return { kind: "same", before: old++, after: now++, text: line };
      }),
  );
}

function fold(lines: readonly PreviewLine[]): PreviewLine[] {
  const near = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1)
      .some((line) => line.kind !== "same"),
  );
  const shown: PreviewLine[] = [];
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
