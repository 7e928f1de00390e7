import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const ALL = ["{app,bench,bin,cli,components,e2e/learn,lib,messages,server,tools}/**/*.test.ts"];

/** Real processes, many kills and thousands of made-up files; longest first, which ends soonest. */
const SLOW = [
  "lib/files/interruption.test.ts",
  "lib/files/crash.test.ts",
  "lib/files/transaction/lock.test.ts",
  "lib/setup/plan/plan-includes.test.ts",
  "lib/files/transactions.test.ts",
  "lib/openclaw/command/commands.test.ts",
  "lib/sign-in/browser.test.ts",
  "lib/setup/plan/plan.property.test.ts",
  "lib/setup/export/export-setup.property.test.ts",
  "lib/setup/export/engines/ansible-play.test.ts",
  "lib/files/meddling.test.ts",
  "lib/openclaw/command/run.test.ts",
  "lib/files/faults.test.ts",
  "lib/setup/hand-over/agent-stores.property.test.ts",
  "lib/setup/write/write.test.ts",
  "lib/text/json5/scan.property.test.ts",
  "lib/text/json5/edit.property.test.ts",
  "lib/text/json5/style.property.test.ts",
  "lib/text/json5/size.test.ts",
  "bin/commands.test.ts",
  "cli/main.test.ts",
  "cli/typed-key.test.ts",
  "cli/talk/talk.test.ts",
  "cli/same-bytes.property.test.ts",
  "cli/sign-in.test.ts",
  "bin/signals.test.ts",
];

const gone = SLOW.filter((path) => !existsSync(new URL(path, import.meta.url)));
if (gone.length > 0)
  throw new Error(`vitest.config.ts names what is not there: ${gone.join(", ")}`);

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const at = SLOW.findIndex((path) => moduleId.endsWith(`/${path}`));
      return at === -1 ? SLOW.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    projects: [
      // Half of their time went into loading the same modules anew for each file.
      { extends: true, test: { name: "fast", include: ALL, exclude: SLOW, isolate: false } },
      { extends: true, test: { name: "slow", include: SLOW } },
    ],
    sequence: { sequencer: SlowFirst },
    environment: "node",
    globalSetup: ["lib/files/testing/own-key.ts"],
    // Left alone it takes one fewer, so on two cores one file at a time.
    maxWorkers: Math.max(2, availableParallelism()),
    // Real processes and servers on a busy machine: a limit against hanging, not a measure.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
