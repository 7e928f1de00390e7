/** `export` writes the choices as files for an engine, into a new folder or an existing deployment. */

import path from "node:path";
import type { Answer, Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import { updateFolder } from "@/cli/export/update-folder";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import { exportReport } from "@/cli/report/export-report";
import { exportFailure } from "@/cli/say/export-refusal";
import { givenAnswers } from "@/cli/steps/given-answers";
import { givenKeyText } from "@/cli/steps/key-source";
import { visitHost } from "@/cli/steps/prepare-plan";
import type { Terminal } from "@/cli/terminal";
import { ENGINE_NAMES, type Engine } from "@/lib/openclaw/deployments/shapes";
import { err, ok, type Result } from "@/lib/result";
import { fillSecrets } from "@/lib/setup/export/fill-secrets";
import { printReadme } from "@/lib/setup/export/readme";
import type { Export, ExportFile } from "@/lib/setup/export/types";
import { NEWEST_RELEASE } from "@/lib/setup/machine/target-release";
import { type NewFile, writeNewFolder } from "@/lib/setup/write/new-folder";
import { visible } from "@/lib/text/visible";
import { type Answers, takeAnswers } from "@/lib/visit/choices/answers";
import { offeredModels } from "@/lib/visit/choices/models";
import { exportOf, fleetOf } from "@/lib/visit/export/export";
import { machine } from "@/lib/visit/machine";
import { newVisit } from "@/lib/visit/visit";

export const exportCommand: Command = async (options, terminal) => {
  const { cli } = terminal.words;
  const given = await givenAnswers(options, terminal);
  if (!given.ok) return given;
  // The engine makes the gateway's token.
  const visit = newVisit(visitHost(options, terminal), "");
  takeAnswers(visit, given.value.answers);
  const found = await machine(visit);
  visit.model ??= offeredModels(visit, found).proposed?.ref ?? null;
  if (visit.model === null) {
    const what = cli("noModel");
    return err({ code: "no-model", exit: EXIT.usage, what, next: cli("noModelNext") });
  }
  if (options.update !== undefined) return updateFolder(visit, found, options, terminal);
  const { to: engine } = options;
  if (engine === undefined) {
    const next = cli("engineNext");
    return err({ code: "no-engine", exit: EXIT.usage, what: cli("engineMissing"), next });
  }
  const release = options.release ?? given.value.answers.target ?? NEWEST_RELEASE;
  const { instances } = given.value.answers;
  if (instances !== undefined) {
    const fleet = fleetOf(visit, found.snapshot, { engine, release }, instances);
    if (fleet === null) {
      const what = cli("noFleet", { engine: ENGINE_NAMES[engine] });
      return err({ code: "no-fleet", exit: EXIT.usage, what, next: "" });
    }
    if (!fleet.ok) return err(exportFailure(fleet.error, terminal.words, found.shown));
    const { files, variables } = fleet.value;
    return write(options, terminal, { engine, release, files, variables, made: null }, instances);
  }
  const made = exportOf(visit, found.snapshot, { engine, release });
  if (made === null) throw new Error("a visit with a model can be exported");
  if (!made.ok) return err(exportFailure(made.error, terminal.words, found.shown));
  const { variables } = made.value;
  const files = [readmeOf(made.value, terminal), ...made.value.files];
  const plain = { engine, release, files, variables, made: made.value };
  if (!options["with-secrets"]) return write(options, terminal, plain);
  const key = await givenKeyText(options, terminal, false);
  if (!key.ok) return key;
  const filled = fillSecrets(files, variables, { key: key.value, env: terminal.env });
  if (filled === null) {
    const what = cli("noSecretsFile", { engine: ENGINE_NAMES[engine] });
    return err({ code: "no-secrets-file", exit: EXIT.usage, what, next: "" });
  }
  return write(options, terminal, { ...plain, ...filled });
};

interface ToWrite {
  readonly engine: Engine;
  readonly release: string;
  readonly files: readonly ExportFile[];
  readonly variables: readonly string[];
  readonly made: Export | null;
  /** Names whose values were requested in a file. */
  readonly filled?: readonly string[];
  readonly empty?: readonly string[];
}

async function write(
  { out, ...options }: Options,
  { words }: Terminal,
  { engine, release, files, variables, made, filled = [], empty = [] }: ToWrite,
  instances: Answers["instances"] = undefined,
): Promise<Result<Answer, Failure>> {
  const { cli, exported } = words;
  const folder = path.resolve(out ?? `openclaw-${engine}-${release}`);
  const written = options["dry-run"] ? ok(folder) : await writeNewFolder(folder, files);
  if (!written.ok) {
    const { code, detail } = written.error;
    const what = cli(code === "exists" ? "folderExists" : "folderNotWritten", {
      path: visible(folder),
    });
    const next = code === "exists" ? cli("folderExistsNext") : "";
    return err({ code: `folder-${code}`, exit: EXIT.notWritten, what, next, path: folder, detail });
  }
  const names = { engine: ENGINE_NAMES[engine], release };
  const shown = instances === undefined ? files : files.filter((one) => isShown(one));
  return ok({
    report: exportReport({ engine, release, folder, files, variables, made, instances }),
    lines: [
      cli("exported", { ...names, path: visible(folder) }),
      ...shown.map((file) => `  ${visible(file.path)}`),
      ...(instances ? [cli("exportedCount", { count: instances.length })] : []),
      exported("variables"),
      ...variables.map((name) => `  ${visible(name)}`),
      ...(filled.length > 0
        ? [cli("secretsFilled", { names: filled.map(visible).join(", ") })]
        : []),
      ...(filled.length > 0 && empty.length > 0
        ? [cli("secretsEmpty", { names: empty.map(visible).join(", ") })]
        : []),
      ...(made && made.leftOut.length > 0
        ? [exported("leftOut"), ...made.leftOut.map((one) => `  ${visible(one.path)}`)]
        : []),
      ...(options["dry-run"] ? [cli("dryRun")] : []),
    ],
    exit: EXIT.done,
  });
}

/** A fleet shows only its base, since a thousand names say nothing. */
function isShown({ path: file }: NewFile): boolean {
  return !file.startsWith("instances/");
}

function readmeOf(made: Export, { words }: Terminal): ExportFile {
  const text = printReadme(made, ENGINE_NAMES[made.engine], (word, data) =>
    words.exported(`readme.${word}`, data ?? {}),
  );
  return { path: "README.md", text, mode: 0o644 };
}
