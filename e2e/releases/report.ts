/** The outcomes as a table: printed, and kept in docs/releases.md row by row. */
import type { EraCertainty } from "@/lib/openclaw/releases/table";
import type { FactName } from "@/lib/openclaw/told/facts-read";
import type { Reading } from "@/lib/setup/machine/told-row";
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
  /** What it told of itself; null for a tested release. */
  readonly reading: Reading | null;
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
const RUNS = "npm run test:releases -- --write";
const LEFT_OUT = "npm run test:releases -- --forget --write";

/** A Markdown table, one row each; a cell says how many of its cases passed. */
export function summaryTable(reports: readonly ReleaseReport[]): string {
  return tableOf(HEAD, new Map(reports.map((report) => [report.version, rowOf(report)])));
}

/** The document with the rows of these releases put in or replaced; rows of others stay. */
export function intoDocument(document: string, reports: readonly ReleaseReport[]): string {
  return replaceRows(document, RUNS, HEAD, (rows) => {
    for (const report of reports) {
      const kept = rows.get(report.version);
      // A group that was not run this time keeps what was found before.
      const row = rowOf(report).map((cell, column) => (cell === NOT_RUN && kept?.[column]) || cell);
      rows.set(report.version, row);
    }
  });
}

/** The same for a release that was run without the rows from `forget` on, by what it told of itself. */
export function intoLeftOut(
  document: string,
  { version, since, outcomes }: ReleaseReport,
  forget: string,
  { read, unread }: Pick<Reading, "read" | "unread">,
): string {
  const ran = outcomes.filter(({ group }) => group !== "needs");
  const failed = ran.filter(({ ok }) => !ok).map(({ name }) => name);
  const count = `${ran.length - failed.length} of ${ran.length}`;
  const sources = [...new Set(read.map(({ source }) => source))];
  const facts = sources.map((source) => {
    const own = read.filter((one) => one.source === source).map(({ fact }) => FACTS[fact]);
    return `${source}: ${own.join(", ")}`;
  });
  const not = unread.map(({ fact, source, why }) => `${FACTS[fact]} (${source}: ${why})`);
  const cells = [
    version,
    forget,
    since,
    facts.join("; ") || NOT_RUN,
    not.join("; ") || NOT_RUN,
    failed.length > 0 ? `**${count}**: not ${failed.join(", ")}` : count,
  ];
  return replaceRows(document, LEFT_OUT, LEFT_OUT_HEAD, (rows) => rows.set(version, cells));
}

const LEFT_OUT_HEAD = [
  "release",
  "rows forgotten from",
  "row left",
  "read from the installation",
  "not read, so as in that row",
  "short cases",
];

const FACTS: Readonly<Record<FactName, string>> = {
  node: "Node",
  models: "models",
  keyPlaces: "places of a key",
  keyStore: "store of a key",
  login: "way of a login",
  runtime: "runtime",
  retiredKeys: "refused keys",
  commands: "commands",
};

/** The rows of one table of the document, by the release in their first cell. */
function replaceRows(
  document: string,
  mark: string,
  head: readonly string[],
  change: (rows: Map<string, readonly string[]>) => void,
): string {
  const [start, end] = [`<!-- ${mark}: begin -->`, `<!-- ${mark}: end -->`];
  const [before, rest] = document.split(start);
  const [inside, after] = rest?.split(end) ?? [];
  if (before === undefined || inside === undefined || after === undefined) {
    throw new Error(`docs/releases.md lacks the marks of the table: ${mark}`);
  }
  const rows = new Map<string, readonly string[]>();
  for (const line of inside.split("\n")) {
    const cells = line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
    const version = cells[0] ?? "";
    if (/^\d/u.test(version)) rows.set(version, cells);
  }
  change(rows);
  return `${before}${start}\n\n${tableOf(head, rows)}\n\n${end}${after}`;
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

const HEAD = ["release", "row", "Node", ...COLUMNS.map(([title]) => title)];

function tableOf(head: readonly string[], rows: ReadonlyMap<string, readonly string[]>): string {
  const sorted = [...rows].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  const all = [head, ...sorted.map(([, cells]) => cells)];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, column) => (cells[column] ?? "").padEnd(width)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(head), rule, ...sorted.map(([, cells]) => line(cells))].join("\n");
}
