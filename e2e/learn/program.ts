/** `npm run learn`: what each release asked for refuses of older configs, told by itself, into the file of learned keys. */

import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { learned } from "@/e2e/learn/learned";
import { type Recording, record } from "@/e2e/learn/recording";
import { hasPlace } from "@/e2e/learn/schema-places";
import { schemaOf } from "@/e2e/learn/trials";
import { asRelease, intoFile, type LearnedRelease } from "@/e2e/learn/write";
import { installRelease } from "@/e2e/releases/install";
import { repositoryRoot } from "@/e2e/releases/repository";
import { learnedKeys } from "@/lib/openclaw/releases/learned-keys";
import { compareReleases, TESTED_RELEASES } from "@/lib/openclaw/releases/table";

const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Returns the exit code: with `--check` 0 where the file says what the releases tell. */
export async function main(args: readonly string[]): Promise<number> {
  const option = (name: string) =>
    args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const file = path.join(repositoryRoot(), "lib", "openclaw", "releases", "learned-keys.json");
  let different = 0;
  for (const release of args.filter((arg) => !arg.startsWith("--"))) {
    const before = TESTED_RELEASES.findLast((one) => compareReleases(one, release) < 0);
    if (before === undefined) throw new Error(`no tested release before ${release}`);
    const from = option("from");
    const recording: Recording =
      from === undefined
        ? await recordingOf(release, before)
        : JSON.parse(await readFile(from, "utf8"));
    const keep = option("keep");
    if (keep !== undefined) await writeFile(keep, JSON.stringify(recording));
    const told = asRelease(release, before, learned(recording), placesAgain(release, recording));
    for (const one of told.open) say(`  open: ${one}`);
    const text = await readFile(file, "utf8");
    const after = intoFile(text, told);
    // The file is formatted as all others are, so that its values alone are compared.
    const isSame = isDeepStrictEqual(JSON.parse(after), JSON.parse(text));
    if (args.includes("--check")) different += isSame ? 0 : 1;
    else if (!isSame) await write(file, after);
    say(`${release}: ${summary(told)}${isSame ? ", as the file has it" : ""}`);
  }
  return different === 0 ? 0 : 1;
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text);
  const biome = path.join(repositoryRoot(), "node_modules", ".bin", "biome");
  await promisify(execFile)(biome, ["format", "--write", file]);
}

/** Of what older releases refused first, what the newer schema has and the one before it has not. */
function placesAgain(release: string, { older, newer }: Recording): readonly string[] {
  const known = TESTED_RELEASES.filter((one) => compareReleases(one, release) < 0)
    .flatMap(learnedKeys)
    .map(({ path: place }) => place);
  return [
    ...new Set(
      known
        .filter((place) => hasPlace(newer, place) && !hasPlace(older, place))
        .map((place) => place.join(".")),
    ),
  ].toSorted();
}

async function recordingOf(release: string, before: string): Promise<Recording> {
  const [newer, older] = [await installRelease(release), await installRelease(before)];
  const schemas = { older: await schemaOf(older), newer: await schemaOf(newer) };
  return record({ older, newer }, schemas, (line) => say(`  ${line}`));
}

function summary({ keys, open }: LearnedRelease): string {
  const count = (of: "gone" | "changed") =>
    keys.reduce((sum, entry) => sum + (entry[of]?.length ?? 0) * entry.in.length, 0);
  return `${count("gone")} places gone, ${count("changed")} changed, ${open.length} open`;
}
