/** The first page of the package beside that of a built clone. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Context } from "../context";
import { type Row, rowOf } from "../row";
import { alternately } from "../stats";
import { firstPageOf } from "./start";

const PROGRAM = join("dist", "package", "bin", "start.mjs");
/** Milliseconds, on a machine with nothing else to do. */
const SLOWEST = 2000;

export async function packageRows({ runs, say }: Context): Promise<Row[]> {
  if (!existsSync(PROGRAM)) {
    say("package: left out; make one with `npm run package`");
    return [];
  }
  say("package: it and npm start until their first page is served, in turn");
  // One of each that does not count: the file system's cache is warm for all that follow.
  await firstPageOf(PROGRAM);
  await firstPageOf();
  const { ours, floor } = await alternately(
    runs(11),
    () => firstPageOf(PROGRAM),
    () => firstPageOf(),
  );
  return [
    rowOf({
      group: "package",
      name: "package to first page",
      unit: "ms",
      ours: ours.map(({ ms }) => ms),
      floor: floor.map(({ ms }) => ms),
      floorName: "npm start",
      limit: SLOWEST,
    }),
  ];
}
