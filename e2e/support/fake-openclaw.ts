/** An OpenClaw that only writes down how it was run: arguments and environment, one JSON a line. */

import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const Run = z.object({ args: z.array(z.string()), env: z.record(z.string(), z.string()) });

export interface FakeOpenClaw {
  /** For OPENCLAW_BIN. */
  readonly bin: string;
  runs(): Promise<ReadonlyArray<z.infer<typeof Run>>>;
}

/** `says` is what every command prints. */
export async function installFakeOpenClaw(folder: string, says = ""): Promise<FakeOpenClaw> {
  const bin = join(folder, "openclaw.mjs");
  const log = join(folder, "runs.log");
  await mkdir(folder, { recursive: true });
  const about = {
    name: "openclaw",
    version: "2026.9.6",
    type: "module",
    bin: "openclaw.mjs",
    engines: { node: ">=18" },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(about));
  await writeFile(
    bin,
    `import { appendFileSync } from "node:fs";
const line = JSON.stringify({ args: process.argv.slice(2), env: process.env });
appendFileSync(${JSON.stringify(log)}, line + "\\n");
process.stdout.write(${JSON.stringify(says)});
`,
  );
  return {
    bin,
    runs: async () => {
      const text = await readFile(log, "utf8").catch(() => "");
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => Run.parse(JSON.parse(line)));
    },
  };
}
