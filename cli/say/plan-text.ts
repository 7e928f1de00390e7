/** A plan for people in a terminal: what the review page says, from top to bottom. */

import type { PreparedPlan } from "@/cli/prepare-plan";
import { diffLines } from "@/cli/say/diff-text";
import type { Words } from "@/lib/i18n/words";
import { previewOf } from "@/lib/setup/review/preview";
import type { Plan, Repair } from "@/lib/setup/types";
import { visible, visibleAll } from "@/lib/text/visible";

/** Lines, without an end of their own. */
export function planText(
  { plan, found, digest }: PreparedPlan,
  words: Words,
  isColoured: boolean,
): readonly string[] {
  const { shown } = found;
  const { review: t, preview: p, cli } = words;
  const preview = previewOf(plan);
  const count = preview.files.length;
  const comments = plan.hasComments ? "yes" : "no";
  const summary =
    count === 0 ? t("nothing") : t("summary", { count, untouched: plan.untouched, comments });
  const changes = plan.changes.map((change) => {
    const values = { ...visibleAll(change.data), path: shown(change.data["path"] ?? "") };
    return `  - ${t(`change.${change.kind}`, values)}`;
  });
  const files = preview.files.flatMap((file) => [
    "",
    `${file.path} (${[...(file.created ? [p("created")] : []), p("mode", { mode: file.mode })].join(", ")})`,
    ...diffLines(file, words, isColoured),
  ]);
  return [
    summary,
    ...changes,
    ...repairLines(plan, words, shown),
    ...noticeLines(plan, words),
    ...files,
    ...(count === 0 ? [] : ["", p("masked"), cli("digest", { digest })]),
  ];
}

function repairLines(plan: Plan, words: Words, shown: (path: string) => string): readonly string[] {
  const { review: t, repair, blocked, list } = words;
  if (plan.repairs.length === 0) return [];
  const inWords = (data: Repair["data"]) =>
    Object.fromEntries(
      Object.entries(data).map(([name, value]) => [
        name,
        typeof value === "string" ? visible(value) : list(value.map(visible)),
      ]),
    );
  const lines = plan.repairs.flatMap((entry) => [
    `  [${entry.accepted ? "x" : " "}] ${repair(`${entry.kind}.what`, inWords(entry.data))}  (${entry.id})`,
    `      ${repair(`${entry.kind}.why`, inWords(entry.data))}`,
    ...(entry.blocked
      ? [
          `      ${blocked("lead")} ${blocked(entry.blocked.reason ?? "other", {
            path: shown(entry.blocked.file ?? plan.config.path),
          })}`,
        ]
      : []),
  ]);
  return ["", t("repairs"), ...lines];
}

function noticeLines({ overriddenBy, handOver }: Plan, { review, handOver: h }: Words) {
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
