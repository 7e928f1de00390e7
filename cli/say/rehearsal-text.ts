/** Describes a rehearsal in the review's words. */

import { repairWords } from "@/cli/say/plan-text";
import type { Words } from "@/lib/i18n/words";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Plan } from "@/lib/setup/types";
import type { Preflight } from "@/lib/setup/verify/preflight";
import type { Origin } from "@/lib/setup/verify/rehearsal/stand-ins";
import { type Rehearsal, repairsFor } from "@/lib/setup/verify/rehearsal/verdict";
import { quoteForShell } from "@/lib/system/shell-words";
import { visible, visibleText } from "@/lib/text/visible";

interface Seen {
  readonly plan: Plan;
  readonly preflight: Preflight | null;
  readonly saw: Rehearsal | null;
  /** It was given up, or broke. */
  readonly isSkipped: boolean;
  readonly version: string;
  readonly found: Pick<MachineView, "shown" | "named">;
}

export function rehearsalLines(seen: Seen, words: Words): readonly string[] {
  const { rehearsal: t } = words;
  const { saw, plan, found } = seen;
  const mends = saw ? repairsFor(saw, plan) : [];
  return [
    ...preflightLines(seen, words),
    ...(seen.isSkipped ? [t("skipped"), t("skippedNext")] : []),
    ...(saw ? sawLines(seen, saw, words) : []),
    ...(saw?.kind === "other-credential" ? originLines(saw.origins, found.shown, words) : []),
    ...(mends.length === 0 ? [] : [t("mend")]),
    ...mends.map(
      (repair) =>
        `  ${repairWords(repair, words, found.named)[0]}  (--accept ${quoteForShell(visible(repair.id))})`,
    ),
  ];
}

function preflightLines({ preflight, version }: Seen, { preflight: t }: Words): readonly string[] {
  if (preflight?.kind === "accepted") return [t("accepted", { version })];
  if (preflight?.kind === "no-command") return [t("noCommand", { version })];
  if (preflight?.kind !== "objects") return [];
  const say = (issues: typeof preflight.ours) =>
    issues.map(({ path, message }) => `  ${visibleText(`${path}: ${message}`)}`);
  return [
    ...(preflight.ours.length > 0
      ? [t("ours", { version }), ...say(preflight.ours), t("oursNext")]
      : []),
    ...(preflight.others.length > 0
      ? [t("others", { version }), ...say(preflight.others), t("othersNext")]
      : []),
  ];
}

function sawLines(
  { version, plan, found: { named } }: Seen,
  saw: Rehearsal,
  words: Words,
): readonly string[] {
  const { rehearsal: t, done } = words;
  switch (saw.kind) {
    case "not-installed":
      return [done("notInstalled")];
    case "missing-bin":
      return [done("missingBin"), done("missingBinNext", { path: visible(saw.path) })];
    case "node-misfit": {
      const found = words.list(saw.found) || "–";
      return [done("nodeMisfit"), done("nodeMisfitNext", { needed: saw.needed, found })];
    }
    case "rehearsed":
      return [
        t("rehearsed", { ...saw, version, model: named(saw.model) }),
        t("rehearsedNext", { ...saw }),
        ...(plan.snapshot.hasStore ? [t("withoutStore")] : []),
      ];
    case "impossible":
      return [t("impossible"), t(`impossibleNext.${saw.why}`)];
    case "failed":
      return [t("failed"), visibleText(saw.failure.sentence), t("failedNext")];
    case "other-credential":
      return [t("otherCredential"), t("otherCredentialNext", { host: saw.host })];
    case "other-host":
      return [t("otherHost", { host: saw.host }), t("otherHostNext")];
    case "other-model":
      return [
        t("otherModel", { model: named(saw.model) }),
        t("otherModelNext", { chosen: named(saw.chosen) }),
      ];
    case "unknown-model":
      return [t("unknownModel", { version, model: named(saw.model) }), t("unknownModelNext")];
    case "no-runtime":
      return [t("noRuntime", { version }), t("noRuntimeNext")];
  }
}

function originLines(
  origins: readonly Origin[],
  shown: (path: string) => string,
  { rehearsal: t }: Words,
): readonly string[] {
  const lines = origins.map((origin) => {
    if (origin.kind === "config") return t("origin.config", { path: visible(origin.path) });
    if (origin.kind === "chosen") return t("origin.unknown");
    const file = origin.file === null ? "" : shown(origin.file);
    if (origin.kind === "profile") return t("origin.profile", { id: visible(origin.id), file });
    const name = visible(origin.name);
    return file === "" ? t("origin.variable", { name }) : t("origin.dotenv", { name, file });
  });
  return [...new Set(lines.length > 0 ? lines : [t("origin.unknown")])].map((one) => `  ${one}`);
}
