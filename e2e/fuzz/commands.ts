/** Border: what an OpenClaw prints, whatever it is asked. */

import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import * as z from "zod";
import type { Border } from "@/e2e/fuzz/border";
import { changed, oddBytes } from "@/e2e/fuzz/odd";
import {
  agentTurn,
  configValidate,
  leadToldOrder,
  modelRun,
  modelsStatus,
} from "@/lib/openclaw/command/commands";
import { judgeModel } from "@/lib/openclaw/command/models-status";
import type { Runner } from "@/lib/openclaw/command/run";
import answers from "@/lib/openclaw/command/testing/answers.json";

const KEY = "sk-proj-CaNaRyOfAKey00aaaabbbbccccddddeeee1a2b";
/** Of no shape; the program is told of it. */
const TOLD = "Zx9qOpaqueCanaryThatWasTold77";

interface Printed {
  readonly out: Uint8Array;
  readonly errors: Uint8Array;
  readonly code: number;
}

const Recorded = z.record(
  z.string(),
  z.record(z.string(), z.object({ stdout: z.string(), stderr: z.string() })),
);

/** Answers of real releases, with a key in the place of the masked one. */
function recorded(): { readonly out: readonly string[]; readonly errors: readonly string[] } {
  const all = Object.values(Recorded.parse(answers)).flatMap((release) => Object.values(release));
  const withKey = (text: string) =>
    text.replaceAll(/sk-proj-[.*•]+\w*/gu, KEY).replaceAll("Auth store", `Auth store of ${TOLD}`);
  const keyLine = `\u001b[31mError\u001b[0m: Bearer ${TOLD} and ${KEY} were refused\n`;
  return {
    out: [...all.map(({ stdout }) => withKey(stdout)), keyLine],
    errors: [...all.map(({ stderr }) => withKey(stderr)), keyLine],
  };
}

export async function commands(): Promise<Border<Printed>> {
  const folder = await mkdtemp(join(tmpdir(), "openclaw-setup-fuzz-"));
  const program = join(folder, "openclaw");
  const at = (name: string) => join(folder, name);
  await writeFile(
    program,
    `#!/bin/sh\n/bin/cat '${at("out")}'\n/bin/cat '${at("errors")}' >&2\nread code < '${at("code")}'\nexit "$code"\n`,
  );
  await chmod(program, 0o755);
  const runner: Runner = {
    installed: { entry: { kind: "program", path: program } },
    node: null,
    location: { profile: null, variables: {} },
    env: { PATH: "/usr/bin:/bin", HOME: folder },
  };
  const { out, errors } = recorded();
  return {
    cases: fc.record({
      out: oddBytes(out),
      errors: fc.oneof(
        oddBytes(errors),
        changed(errors).map((text) => Buffer.from(text)),
      ),
      code: fc.constantFrom(0, 0, 0, 1, 2, 130),
    }),
    secrets: [KEY, TOLD],
    run: async (one) => {
      await writeFile(at("out"), one.out);
      await writeFile(at("errors"), one.errors);
      await writeFile(at("code"), `${one.code}\n`);
      const options = { secrets: [KEY, TOLD] };
      const status = await modelsStatus(runner, options);
      const said: unknown[] = [
        status,
        status.ok ? judgeModel(status.value, "openai/gpt-5.5") : null,
        await configValidate(runner, options),
        await agentTurn(runner, "ping", { ...options, agent: "main" }),
        await modelRun(runner, ["infer"], options),
        await leadToldOrder(runner, { provider: "openai", first: ["a"], stored: ["a"] }, options),
      ];
      return said.map((what) => JSON.stringify(what));
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
