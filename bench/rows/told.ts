/** What reading the plain files of an installation takes, the first time of a version: later it is kept. */

import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readToldFiles } from "@/lib/openclaw/told/files";
import type { Context } from "../context";
import { type Row, rowOf } from "../row";

/** The budget of a page that reads before it answers. */
const MOST_MS = 50;

export async function toldRows({ runs, release, say }: Context): Promise<Row[]> {
  const { cli, version } = await release();
  say("told: the plain files of the installation, read anew each time");
  const folder = await mkdtemp(join(tmpdir(), "openclaw-bench-told-"));
  const models: number[] = [];
  const shutDown: number[] = [];
  const all: number[] = [];
  try {
    for (let run = 0; run < runs(10); run += 1) {
      // Another name for the same package, of which nothing is kept.
      const place = join(folder, String(run));
      await symlink(dirname(cli), place);
      const began = performance.now();
      const told = readToldFiles(place, version);
      const between = performance.now();
      told.shutDown();
      const end = performance.now();
      models.push(between - began);
      shutDown.push(end - between);
      all.push(end - began);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const part = { group: "told", unit: "ms" };
  return [
    rowOf({ ...part, name: "plain files of the installation", ours: all, limit: MOST_MS }),
    rowOf({ ...part, name: "– its OpenAI extension", ours: models }),
    rowOf({ ...part, name: "– models shut down, of all extensions", ours: shutDown }),
  ];
}
