/** What a real release says of a made-up config, and what its own doctor makes of it: in a home that reaches nothing. */

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { InstalledRelease } from "@/e2e/releases/install";
import { emptyHome, type Home, type RunResult, runOpenClaw } from "@/e2e/releases/run";
import { unwrittenFor } from "@/lib/openclaw/command/doctor-words";
import { guardedEnvironment } from "@/lib/setup/verify/rehearsal/guarded-environment";
import { readText } from "@/lib/system/read.mjs";
import { readJson5 } from "@/lib/text/json5/parse";
import type { ConfigPath, Json } from "@/lib/text/json5/types";

/** A place that a release refuses, in its own words. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

const LIMIT_MS = 15 * 60_000;

export async function schemaOf(release: InstalledRelease): Promise<Json> {
  return inHome(release, {}, async (run) => jsonIn(await run(["config", "schema"])));
}

const Checked = z.object({
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  error: z.unknown().optional(),
});

/** Empty where the release takes the config. */
export async function issuesOf(release: InstalledRelease, config: Json): Promise<readonly Issue[]> {
  return inHome(release, config, async (run) => {
    const answer = await run(["config", "validate", "--json"]);
    const said = Checked.parse(jsonIn(answer));
    return said.issues ?? [];
  });
}

/** The config as `doctor --fix` leaves it, and the places for which it did not write it. */
export async function doctored(
  release: InstalledRelease,
  config: Json,
): Promise<{ readonly after: Json; readonly blocked: readonly ConfigPath[] }> {
  return inHome(release, config, async (run, home) => {
    const { stdout } = await run(["doctor", "--fix", "--non-interactive"]);
    const after = readJson5(readText(home.configPath) ?? "");
    if (!after.ok) throw new Error(`doctor of ${release.version} left no config that can be read`);
    return { after: after.value.value, blocked: unwrittenFor(stdout) };
  });
}

async function inHome<T>(
  release: InstalledRelease,
  config: Json,
  work: (run: (args: readonly string[]) => Promise<RunResult>, home: Home) => Promise<T>,
): Promise<T> {
  const home = await emptyHome();
  try {
    await home.write(".openclaw/openclaw.json", JSON.stringify(config, null, 2));
    const temporary = path.join(home.dir, "tmp");
    await mkdir(temporary);
    const { guarded } = await guardedEnvironment(home.dir, temporary, 0);
    const set = Object.entries(guarded).filter(
      (one): one is [string, string] => one[1] !== undefined,
    );
    const env = {
      ...Object.fromEntries(set),
      OPENCLAW_SERVICE_REPAIR_POLICY: "external",
      PATH: path.dirname(release.node),
    };
    return await work(
      (args) => runOpenClaw(release, home, args, { env, timeoutMs: LIMIT_MS }),
      home,
    );
  } finally {
    await home.remove();
  }
}

function jsonIn({ stdout, stderr }: RunResult): Json {
  const start = stdout.indexOf("{");
  if (start < 0) throw new Error(`no JSON: ${stderr.slice(-500)}`);
  const value: unknown = JSON.parse(stdout.slice(start));
  return z.json().parse(value);
}
