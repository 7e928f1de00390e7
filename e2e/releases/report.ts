/** The outcomes as a table: printed, and kept in docs/releases.md row by row. */
import type { EraCertainty } from "@/lib/openclaw/releases/table";
import type { Group } from "./case";

export interface Outcome {
  readonly group: Group | "needs";
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly ms: number;
}

export interface ReleaseReport {
  readonly version: string;
  /** First release of its row in the table. */
  readonly since: string;
  readonly certainty: EraCertainty;
  readonly node: string;
  readonly outcomes: readonly Outcome[];
}

const COLUMNS: ReadonlyArray<readonly [title: string, group: Group]> = [
  ["key forms", "key"],
  ["refused forms", "refused"],
  ["models", "model"],
  ["lived-in configs", "lived-in"],
  ["ChatGPT login", "login"],
  ["places and agents", "place"],
  ["gateway", "gateway"],
];

const NOT_RUN = "–";
const START = "<!-- npm run test:releases -- --write: begin -->";
const END = "<!-- npm run test:releases -- --write: end -->";

/** A Markdown table, one row each; a cell says how many of its cases passed. */
export function summaryTable(reports: readonly ReleaseReport[]): string {
  return tableOf(new Map(reports.map((report) => [report.version, rowOf(report)])));
}

/** The document with the rows of these releases put in or replaced; rows of others stay. */
export function intoDocument(document: string, reports: readonly ReleaseReport[]): string {
  const [before, rest] = document.split(START);
  const [inside, after] = rest?.split(END) ?? [];
  if (before === undefined || inside === undefined || after === undefined) {
    throw new Error("docs/releases.md lacks the marks of the table");
  }
  const rows = new Map<string, readonly string[]>();
  for (const line of inside.split("\n")) {
    const cells = line.split("|").slice(1, -1);
    const version = cells[0]?.trim() ?? "";
    if (/^\d/u.test(version))
      rows.set(
        version,
        cells.map((cell) => cell.trim()),
      );
  }
  for (const report of reports) {
    const kept = rows.get(report.version);
    // A group that was not run this time keeps what was found before.
    const row = rowOf(report).map((cell, column) => (cell === NOT_RUN && kept?.[column]) || cell);
    rows.set(report.version, row);
  }
  return `${before}${START}\n\n${tableOf(rows)}\n\n${END}${after}`;
}

function rowOf(report: ReleaseReport): string[] {
  const cells = COLUMNS.map(([, group]) => {
    const outcomes = report.outcomes.filter((outcome) => outcome.group === group);
    const passed = outcomes.filter(({ ok }) => ok).length;
    const failed = outcomes.filter(({ ok }) => !ok).map(({ name }) => name);
    if (outcomes.length === 0) return NOT_RUN;
    const count = `${passed} of ${outcomes.length}`;
    return failed.length > 0 ? `**${count}**: not ${failed.join(", ")}` : count;
  });
  return [report.version, report.since, report.node, ...cells];
}

function tableOf(rows: ReadonlyMap<string, readonly string[]>): string {
  const head = ["release", "row", "Node", ...COLUMNS.map(([title]) => title)];
  const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  const all = [head, ...sorted.map(([, cells]) => cells)];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...sorted.map(([, cells]) => line(cells))].join("\n");
}
