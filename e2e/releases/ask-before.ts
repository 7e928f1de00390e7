/** What the real release says of a plan before it is written, as the page asks it; the home must not notice. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ApiKeyChoices } from "@/lib/setup/choices";
import { type Preflight, runPreflight } from "@/lib/setup/verify/preflight";
import type { Subject } from "./judge";
import { choicesFor, look, pageEnvironment, planned } from "./setup";
import { judge } from "./verdict";

export async function askBefore(
  subject: Subject,
  more: Partial<ApiKeyChoices> = {},
): Promise<Preflight> {
  const snapshot = await look(subject);
  const plan = planned(snapshot, choicesFor(snapshot, more));
  const before = await filesOf(subject.home.dir);
  const said = await runPreflight(plan, pageEnvironment(subject), new AbortController().signal);
  judge(
    JSON.stringify(await filesOf(subject.home.dir)) === JSON.stringify(before),
    "asking changed the home",
  );
  return said;
}

/** Every file with its bytes. */
async function filesOf(folder: string): Promise<ReadonlyArray<readonly [string, string]>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath, one.name));
  return Promise.all(
    files.sort().map(async (file) => [file, (await readFile(file)).toString("base64")] as const),
  );
}
