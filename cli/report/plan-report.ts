/** Makes the report of `plan --json`. */

import { createHash } from "node:crypto";
import { REPORT_VERSION } from "@/cli/report/common";
import type { Planned } from "@/cli/report/plan-schema";
import { diffLines } from "@/cli/say/diff-text";
import type { PreparedPlan } from "@/cli/steps/prepare-plan";
import type { Words } from "@/lib/i18n/words";
import { ownSourceOf } from "@/lib/setup/export/own-source";
import { storeFiles } from "@/lib/setup/hand-over/store-files";
import { previewOf } from "@/lib/setup/review/preview";
import type { Plan, PlannedFile } from "@/lib/setup/types";
import { answersOf } from "@/lib/visit/choices/answers";

export function plannedOf({ visit, plan, digest }: PreparedPlan, words: Words): Planned {
  const { snapshot, handOver, otherDefault } = plan;
  const preview = previewOf(plan);
  const stores = storeFiles(plan).map((file) => ({ ...file, role: "login" as const }));
  const files: readonly PlannedFile[] = [...plan.files, ...stores];
  return {
    digest,
    choices: answersOf(visit),
    openclaw: snapshot.version,
    stateDir: snapshot.stateDir,
    configPath: snapshot.configPath,
    files: files.map(({ path, role, mode, before, after }, index) => {
      const shown = preview.files[index];
      return {
        path,
        role,
        mode: mode.toString(8).padStart(4, "0"),
        before: before && hashOf(before),
        after: after && hashOf(after),
        difference: shown ? [...diffLines(shown, words, false)] : [],
      };
    }),
    changes: plan.changes.map((change) => ({ kind: change.kind, data: { ...change.data } })),
    repairs: plan.repairs.map(({ blocked, data: named, ...repair }) => ({
      ...repair,
      data: Object.fromEntries(
        Object.entries(named).map(([name, value]) => [
          name,
          typeof value === "string" ? value : [...value],
        ]),
      ),
      blocked: blocked !== null,
    })),
    keyForm: plan.keyForm,
    keyForms: [...plan.keyForms],
    otherDefault: otherDefault && { from: otherDefault.from, choice: otherDefault.choice },
    overriddenBy: plan.overriddenBy,
    ownSource: ownSourceIn(plan),
    handOverCommand: handOver?.how.kind === "import" ? [...handOver.how.command] : null,
  };
}

function ownSourceIn(plan: Plan): Planned["ownSource"] {
  const source = ownSourceOf(plan);
  return source && { json: source.json, nix: source.nix, removed: [...source.removed] };
}

export function planReport(prepared: PreparedPlan, words: Words) {
  const planned = plannedOf(prepared, words);
  return { version: REPORT_VERSION, command: "plan", ok: true, ...planned } as const;
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
