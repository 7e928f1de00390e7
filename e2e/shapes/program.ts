/** `npm run test:shapes`: every made-up config on each release asked for, one after the other, as a table. */

import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { installRelease } from "@/e2e/releases/install";
import { startModelServer } from "@/e2e/releases/model-server";
import { repositoryRoot } from "@/e2e/releases/repository";
import { emptyHome } from "@/e2e/releases/run";
import { judgeShape, type Shape } from "@/e2e/shapes/shape";
import { intoDocument, shapesTable } from "@/e2e/shapes/table";

const RELEASES = ["2026.9.6", "2026.7.1"];

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
    const server = await startModelServer();
    const shapes: Shape[] = [];
    for (const name of wanted) {
      const home = await emptyHome();
      try {
        const text = await readFile(path.join(folder, `${name}.json5`), "utf8");
        await home.write(".openclaw/openclaw.json", text);
        const shape = await judgeShape({ release, home, server }, name);
        shapes.push(shape);
        say(lineOf(shape));
        if (shape.obstacle !== null || shape.lostComments > 0) failed += 1;
      } catch (error) {
        failed += 1;
        say(`  FAILED  ${name}: ${error instanceof Error ? error.message : error}`);
      } finally {
        await home.remove();
      }
    }
    await server.close();
    const document = path.join(repositoryRoot(), "docs", "configs.md");
    const table = shapesTable(version, shapes);
    say(`\n${table}`);
    if (args.includes("--write")) {
      await writeFile(document, intoDocument(await readFile(document, "utf8"), version, table));
    }
  }
  return failed === 0 ? 0 : 1;
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
