/** Updates an existing deployment after showing the changes and asking for consent. */

import path from "node:path";
import { createPatch } from "diff";
import type { Answer } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import { readDeployment } from "@/cli/export/deployment-folder";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import { updateReport } from "@/cli/report/export-report";
import { planFailure } from "@/cli/say/plan-refusal";
import { writeFailure } from "@/cli/say/write-refusal";
import { askYes, noteLine, type Terminal } from "@/cli/terminal";
import { err, ok, type Result } from "@/lib/result";
import { maskText } from "@/lib/secrets/mask";
import { recogniseDeployment } from "@/lib/setup/export/existing/recognise";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { NEWEST_RELEASE } from "@/lib/setup/machine/target-release";
import { writeDeployment } from "@/lib/setup/write/deployment";
import { visible, visibleText } from "@/lib/text/visible";
import { updateOf } from "@/lib/visit/export/export";
import type { Visit } from "@/lib/visit/visit";

export async function updateFolder(
  visit: Visit,
  { snapshot, shown }: MachineView,
  options: Options,
  terminal: Terminal,
): Promise<Result<Answer, Failure>> {
  const { words } = terminal;
  const { cli } = words;
  const folder = path.resolve(options.update ?? ".");
  const files = readDeployment(folder, terminal.env);
  const found = files && recogniseDeployment(files);
  if (!files || !found) {
    const what = cli("noDeployment", { path: visible(folder) });
    return err({
      code: "no-deployment",
      exit: EXIT.usage,
      what,
      next: cli("noDeploymentNext"),
      path: folder,
    });
  }
  const release = options.release ?? found.release ?? NEWEST_RELEASE;
  const updated = updateOf(visit, snapshot, files, found, release);
  if (!updated.ok) {
    const { error } = updated;
    if (error.code === "plan") return err(planFailure(error.refusal, words, shown));
    const what = cli("notReplaced", { path: visible(error.path) });
    return err({ code: error.code, exit: EXIT.noPlan, what, next: "", path: error.path });
  }
  const changed = updated.value;
  const differences = changed.map((file) => ({ path: file.path, lines: differenceOf(file) }));
  const report = (outcome: "written" | "dry-run" | "unchanged") =>
    updateReport({ engine: found.engine, release, folder, outcome, files: differences });
  const lines = differences.flatMap((one) => [visible(one.path), ...one.lines, ""]);
  if (changed.length === 0) {
    return ok({ report: report("unchanged"), lines: [cli("nothingToUpdate")], exit: EXIT.done });
  }
  if (options["dry-run"]) {
    return ok({ report: report("dry-run"), lines: [...lines, cli("dryRun")], exit: EXIT.done });
  }
  const refused = await agreed(options, terminal, lines);
  if (refused) return err(refused);
  const written = await writeDeployment(folder, changed);
  if (!written.ok) return err(writeFailure(written.error, words));
  const names = changed.map((file) => `  ${visible(file.path)}`);
  return ok({ report: report("written"), lines: [cli("updated"), ...names], exit: EXIT.done });
}

/** Null after consent. */
async function agreed(
  options: Options,
  terminal: Terminal,
  lines: readonly string[],
): Promise<Failure | null> {
  const { cli } = terminal.words;
  if (options.yes) return null;
  const code = terminal.isInteractive ? "declined" : "needs-yes";
  if (terminal.isInteractive) {
    for (const line of lines) noteLine(terminal, line);
    if (await askYes(terminal, `${cli("updateQuestion")}`)) return null;
  }
  const what = cli(terminal.isInteractive ? "declined" : "needsYes");
  return {
    code,
    exit: EXIT.needsYes,
    what,
    next: terminal.isInteractive ? "" : cli("needsYesNext"),
  };
}

function differenceOf({
  path: file,
  before,
  after,
}: {
  path: string;
  before: string;
  after: string;
}) {
  const patch = createPatch(file, before, after, "", "", { context: 2 });
  const [, , , , ...lines] = patch.split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("\\"))
    .map((line) => visibleText(maskText(line, [])));
}
