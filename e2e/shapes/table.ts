/** What became of the made-up configs, as a table for `docs/configs.md`. */

import type { Shape } from "@/e2e/shapes/shape";
import type { ConfigIssue } from "@/lib/openclaw/command/commands";

export function shapesTable(version: string, shapes: readonly Shape[]): string {
  const accepted = (of: (shape: Shape) => readonly ConfigIssue[]) =>
    shapes.filter((shape) => of(shape).length === 0).length;
  const times = shapes.flatMap(({ seconds }) => seconds ?? []).toSorted((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)];
  const head = [
    `Of ${shapes.length}, ${version} accepts ${accepted(({ before }) => before)} as they are, ${accepted(({ known }) => known)} with what is known at once, ${accepted(end)} with what its own doctor was seen to do.`,
    ...(middle === undefined
      ? []
      : [
          `Doctor was asked ${times.length} times: ${times[0]} to ${times.at(-1)} s, ${middle} in the middle.`,
        ]),
  ];
  const rows = shapes.map((shape) => [shape.name, became(shape), reasonOf(shape)]);
  return [...head, "", ...aligned([["config", "becomes", "still refused because"], ...rows])].join(
    "\n",
  );
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? "").length)),
  );
  const line = (cells: readonly string[], filler = " ") =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width, filler)).join(" | ")} |`;
  const [first = [], ...others] = rows;
  return [line(first), line([], "-"), ...others.map((cells) => line(cells))];
}

const end = ({ known, doctor }: Shape) => doctor ?? known;

function became(shape: Shape): string {
  if (shape.before.length === 0) return "accepted as it is";
  if (shape.known.length === 0) return "accepted at once";
  if (end(shape).length === 0) return "accepted with doctor";
  const [from, to] = [shape.before.length, end(shape).length];
  return to < from ? `refused at ${to} of ${from} places` : "refused";
}

/** In OpenClaw's words, and who has to act. */
function reasonOf(shape: Shape): string {
  const issues = end(shape);
  if (issues.length === 0) return "";
  const said = issues.map(({ path, message }) => `\`${path}\`: ${plain(message)}`).join("; ");
  const who = shape.obstacle === null ? "the person: doctor leaves it too" : "doctor was not asked";
  return `${said} (${who})`;
}

function plain(text: string): string {
  const line = text.replaceAll("|", "\\|").replace(/\s+/gu, " ");
  return line.length > 120 ? `${line.slice(0, 117)}…` : line;
}

/** The document with the table of a release in its place, marked by comments. */
export function intoDocument(document: string, version: string, table: string): string {
  const [open, close] = [`<!-- shapes ${version} -->`, `<!-- end ${version} -->`];
  const [start, stop] = [document.indexOf(open), document.indexOf(close)];
  if (start < 0 || stop < start) throw new Error(`docs/configs.md has no place for ${version}`);
  return `${document.slice(0, start)}${open}\n\n${table}\n\n${document.slice(stop)}`;
}
