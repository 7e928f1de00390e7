/** Imports a credential into OpenClaw's store by its own command, and verifies it. */

import { existsSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { applyTransaction } from "@/lib/files/apply";
import { noteCommand, type Step } from "@/lib/files/step";
import { leadToldOrder, modelsStatus } from "@/lib/openclaw/command/commands";
import { type CommandFailureCode, failureOf } from "@/lib/openclaw/command/failure";
import { type Runner, runOpenClaw } from "@/lib/openclaw/command/run";
import { err, ok, type Result } from "@/lib/result";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import type { TellStage } from "@/lib/setup/stage";
import type { Plan } from "@/lib/setup/types";
import { replaceLeftover } from "@/lib/setup/write/state-backup";
import { type HandOverCode, refused, type WriteFailure } from "@/lib/setup/write/write-failure";
import { makePrivateFolder, removePrivateFolder } from "@/lib/system/private-folder";

interface Watch {
  readonly signal: AbortSignal;
  readonly importMs: number;
  readonly begin: TellStage;
}

/** Writes the planned stores, imports them, and requires OpenClaw to list the result. */
export async function giveLogin(
  plan: Plan,
  runner: Runner | null,
  step: Step,
  { signal, importMs, begin }: Watch,
): Promise<Result<null, WriteFailure>> {
  const { handOver, secrets, snapshot } = plan;
  const { root } = step;
  const failed = (code: HandOverCode, detail: string) =>
    err<WriteFailure>({ kind: "hand-over", code, detail, left: null });
  const put = await applyTransaction(storeFiles(plan), {
    root,
    allowedRoots: [],
    label: "login",
  });
  if (!put.ok) return refused(put.error);
  // OpenClaw lists an agent's own store only for that agent; its file is already written.
  if (!handOver || !runner) return ok(null);
  const { file, how } = handOver;
  const folder = await makePrivateFolder();
  try {
    const privatePath = join(folder, "openclaw.json");
    await writeFile(privatePath, handOver.privateConfig, { mode: 0o600 });
    const env = { OPENCLAW_CONFIG_PATH: privatePath, OPENCLAW_STATE_DIR: root };
    const older = new Set(readdirSync(dirname(file.path)));
    if (how.kind === "import") {
      begin("import");
      const run = await runOpenClaw(runner, how.command, {
        timeoutMs: importMs,
        onStart: (pid) => noteCommand(step, pid),
        signal,
        env,
      });
      const bad = run.code !== 0 || run.timedOut || run.aborted || run.startError;
      if (bad) {
        const { code, detail } = failureOf(run, secrets);
        return failed(endedBy(code), detail);
      }
      clearLeftovers(file.path, file.before, older);
    }
    // The user is told of one limit for every command.
    const asked = { signal, secrets, env, timeoutMs: importMs };
    begin("stored");
    const status = await modelsStatus(runner, asked);
    if (!status.ok) {
      const { code, detail } = status.error;
      return failed(endedBy(code), detail);
    }
    const profiles = status.value.providers.flatMap((one) => one.profiles);
    const listed = profiles.find(({ id }) => id === handOver.profileId);
    // A second login under a stored name is dropped with exit code 0.
    const isFresh = (expiresAt: number | null) =>
      expiresAt === null ||
      (handOver.credential === "login" && Math.abs(expiresAt - handOver.expiresAt) < 2000);
    if (!listed || !isFresh(listed.expiresAt)) return failed("login-missing", handOver.profileId);
    // Before 2026.4.14, the written file itself has the order.
    if (how.kind === "file" && !existsSync(snapshot.authStatePath)) return ok(null);
    if (handOver.firstInOrder.length > 0) begin("order");
    const stored = profiles.map(({ id }) => id);
    for (const { provider, ids } of handOver.firstInOrder) {
      const order = { provider, first: ids, stored };
      const led = await leadToldOrder(runner, order, asked);
      if (!led.ok) return failed(endedBy(led.error.code), led.error.detail);
    }
    return ok(null);
  } finally {
    await removePrivateFolder(folder);
  }
}

function endedBy(code: CommandFailureCode): HandOverCode {
  return code === "cancelled" || code === "timed-out" ? code : "command-failed";
}

/** OpenClaw renames the imported file with its tokens; earlier files stay. */
function clearLeftovers(path: string, before: Uint8Array | null, older: ReadonlySet<string>): void {
  const folder = dirname(path);
  const started = `${basename(path)}.`;
  for (const name of readdirSync(folder)) {
    if (name.startsWith(started) && !older.has(name)) replaceLeftover(join(folder, name), before);
  }
}
