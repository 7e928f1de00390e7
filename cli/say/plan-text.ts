/** Prints a plan as the review page shows it. */

import { diffLines } from "@/cli/say/diff-text";
import { immutableLines, ownSourceLines } from "@/cli/say/own-source-text";
import { wrapped } from "@/cli/say/wrap";
import type { PreparedPlan } from "@/cli/steps/prepare-plan";
import type { Words } from "@/lib/i18n/words";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { previewOf } from "@/lib/setup/review/preview";
import type { Plan, Repair } from "@/lib/setup/types";
import { visible, visibleAll } from "@/lib/text/visible";

export function planText(
  prepared: PreparedPlan,
  words: Words,
  isColoured: boolean,
): readonly string[] {
  const { plan, digest } = prepared;
  const files = planFiles(plan, words, isColoured);
  return [
    ...planWords(prepared, words),
    ...immutableLines(plan, words, prepared.found),
    ...(plan.repairs.length === 0 ? [] : ["", words.review("repairs")]),
    ...repairLines(plan, words, prepared.found),
    ...noticeLines(plan, words),
    ...files,
    ...ownSourceLines(plan, words, isColoured),
    ...(files.length === 0 ? [] : ["", words.preview("masked"), words.cli("digest", { digest })]),
  ];
}

export function planWords(
  { plan, found }: Pick<PreparedPlan, "plan" | "found">,
  { review: t }: Words,
): readonly string[] {
  const count = previewOf(plan).files.length;
  const comments = plan.hasComments ? "yes" : "no";
  return [
    count === 0
      ? t(plan.unwritten.length > 0 ? "nothingHere" : "nothing")
      : t("summary", { count, untouched: plan.untouched, comments }),
    ...plan.changes.map((change) => {
      const path = found.shown(change.data["path"] ?? "");
      const values = { ...visibleAll(change.data, found.named), path };
      return `  - ${t(`change.${change.kind}`, values)}`;
    }),
  ];
}

/** Wraps file names at `columns`. */
export function planFiles(
  plan: Plan,
  words: Words,
  isColoured: boolean,
  columns = Number.POSITIVE_INFINITY,
): readonly string[] {
  const { preview: p } = words;
  return previewOf(plan).files.flatMap((file) => [
    "",
    ...wrapped(
      `${file.path} (${[...(file.created ? [p("created")] : []), p("mode", { mode: file.mode })].join(", ")})`,
      columns,
    ),
    ...diffLines(file, words, isColoured),
  ]);
}

function repairLines(
  plan: Plan,
  words: Words,
  { shown, named }: Pick<MachineView, "shown" | "named">,
): readonly string[] {
  const { blocked } = words;
  return plan.repairs.flatMap((entry) => {
    const [what, why] = repairWords(entry, words, named);
    const path = shown(entry.blocked?.file ?? plan.config.path);
    return [
      `  [${entry.accepted ? "x" : " "}] ${what}  (${visible(entry.id)})`,
      `      ${why}`,
      ...(entry.blocked
        ? [`      ${blocked("lead")} ${blocked(entry.blocked.reason ?? "other", { path })}`]
        : []),
    ];
  });
}

export function repairWords(
  { kind, data }: Repair,
  { repair, list }: Words,
  named: MachineView["named"],
): readonly [what: string, why: string] {
  const names = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === "string" ? named(value) : list(value.map((one) => named(one))),
    ]),
  );
  return [repair(`${kind}.what`, names), repair(`${kind}.why`, names)];
}

export function noticeLines({ overriddenBy, handOver }: Plan, { review, handOver: h }: Words) {
  return [
    ...(overriddenBy === "environment"
      ? ["", `${review("environment.title")}. ${review("environment.next")}`]
      : []),
    ...(handOver?.how.kind === "import"
      ? [
          "",
          handOver.credential === "login" ? h("import.title") : h("key.title"),
          `  openclaw ${handOver.how.command.join(" ")}`,
        ]
      : []),
  ];
}
