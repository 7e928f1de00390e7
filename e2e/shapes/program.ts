/** `npm run test:shapes`: every made-up config on each release asked for, one after the other, as a table. */

import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { type InstalledRelease, installRelease } from "@/e2e/releases/install";
import { startModelServer } from "@/e2e/releases/model-server";
import { repositoryRoot } from "@/e2e/releases/repository";
import { emptyHome } from "@/e2e/releases/run";
import { judgeShape, type Shape } from "@/e2e/shapes/shape";
import { intoDocument, shapesTable } from "@/e2e/shapes/table";

const RELEASES = ["2026.9.6", "2026.7.1"];
/** Configs at a time. */
const JOBS = 2;

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Returns the exit code: 0 when every config could be judged and none lost a comment. */
export async function main(args: readonly string[]): Promise<number> {
  const named = args.filter((arg) => !arg.startsWith("--"));
  const only = args.find((arg) => arg.startsWith("--only="))?.slice("--only=".length);
  const folder = path.join(repositoryRoot(), "e2e", "shapes", "configs");
  const files = (await readdir(folder)).filter((file) => file.endsWith(".json5")).sort();
  const names = files.map((file) => path.basename(file, ".json5"));
  const wanted = names.filter((name) => !only || only.split(",").includes(name));
  let failed = 0;
  for (const version of named.length > 0 ? named : RELEASES) {
    say(`\nOpenClaw ${version}`);
    const release = await installRelease(version);
    const shapes: Shape[] = [];
    const queue = wanted.values();
    const work = async () => {
      for (const name of queue) {
        const shape = await shapeOf(release, path.join(folder, `${name}.json5`));
        if (shape === null || shape.obstacle !== null || shape.lostComments > 0) failed += 1;
        if (shape === null) continue;
        shapes.push(shape);
        // At once, so that a run that breaks off keeps what it has measured.
        if (args.includes("--write")) await write(version, shapes);
      }
    };
    await Promise.all(Array.from({ length: JOBS }, work));
    say(`\n${shapesTable(version, shapes)}`);
  }
  return failed === 0 ? 0 : 1;
}

async function shapeOf(release: InstalledRelease, file: string): Promise<Shape | null> {
  const name = path.basename(file, ".json5");
  const [home, server] = [await emptyHome(), await startModelServer()];
  try {
    await home.write(".openclaw/openclaw.json", await readFile(file, "utf8"));
    const shape = await judgeShape({ release, home, server }, name);
    say(lineOf(shape));
    return shape;
  } catch (error) {
    say(`  FAILED  ${name}: ${error instanceof Error ? error.message : error}`);
    return null;
  } finally {
    await home.remove();
    await server.close();
  }
}

async function write(version: string, shapes: readonly Shape[]): Promise<void> {
  const document = path.join(repositoryRoot(), "docs", "configs.md");
  const sorted = shapes.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const text = intoDocument(
    await readFile(document, "utf8"),
    version,
    shapesTable(version, sorted),
  );
  await writeFile(document, text);
}

function lineOf({ name, before, known, doctor, obstacle, seconds, lostComments }: Shape): string {
  const counts = [before.length, known.length, doctor?.length ?? "–"].join(" → ");
  const left = (doctor ?? known).map(({ path: at, message }) => `${at}: ${message}`);
  const more = [
    ...(seconds === null ? [] : [`doctor ${seconds} s`]),
    ...(lostComments > 0 ? [`${lostComments} COMMENTS LOST`] : []),
    ...(obstacle === null ? [] : [`OBSTACLE ${obstacle}`]),
    ...left,
  ];
  return `  ${name}: ${counts}  ${more.join(" | ").slice(0, 700)}`;
}
