/** One line of the table: what was measured, beside its floor, against its goal. */

import { round, type Summary, summarize } from "./stats";

export interface Row {
  readonly group: string;
  readonly name: string;
  readonly unit: string;
  readonly ours: Summary;
  readonly floorName: string | null;
  readonly floor: Summary | null;
  /** Ours over the floor's, of the medians. */
  readonly ratio: number | null;
  /** The ratio is to be at most this. */
  readonly goal: number | null;
  /** The value itself is to be at most this. */
  readonly limit: number | null;
  /** Null without a goal. */
  readonly met: boolean | null;
}

export interface Measured {
  readonly group: string;
  readonly name: string;
  readonly unit: string;
  readonly ours: readonly number[];
  readonly floor?: readonly number[];
  readonly floorName?: string;
  readonly goal?: number;
  readonly limit?: number;
}

export function rowOf({ ours, floor, floorName, goal, limit, ...rest }: Measured): Row {
  const own = summarize(ours);
  const beside = floor ? summarize(floor) : null;
  const ratio = beside && beside.median > 0 ? round(own.median / beside.median) : null;
  const judged = [
    ...(goal === undefined || ratio === null ? [] : [ratio <= goal]),
    ...(limit === undefined ? [] : [own.median <= limit]),
  ];
  return {
    ...rest,
    ours: own,
    floorName: floorName ?? null,
    floor: beside,
    ratio,
    goal: goal ?? null,
    limit: limit ?? null,
    met: judged.length === 0 ? null : judged.every(Boolean),
  };
}

const HEAD = ["row", "ours", "p95", "floor", "ratio", "goal", ""] as const;

/** As Markdown, which a terminal shows well enough. */
export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(({ name, unit, ours, floor, floorName, ratio, goal, limit, met }) => [
    name,
    `${ours.median} ${unit}`,
    String(ours.p95),
    floor ? `${floor.median} ${unit} (${floorName})` : "",
    ratio === null ? "" : String(ratio),
    [
      ...(goal === null ? [] : [`≤ ${round(goal)}×`]),
      ...(limit === null ? [] : [`≤ ${limit} ${unit}`]),
    ].join(", "),
    met === null ? "" : met ? "met" : "NOT MET",
  ]);
  const widths = HEAD.map((title, i) =>
    Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)),
  );
  const print = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [print(HEAD), rule, ...lines.map(print)].join("\n");
}
