/** A plan for people in a terminal: what the review page says, from top to bottom. */

import { diffLines } from "@/cli/say/diff-text";
import type { PreparedPlan } from "@/cli/steps/prepare-plan";
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
  const { review: t, blocked } = words;
  if (plan.repairs.length === 0) return [];
  const lines = plan.repairs.flatMap((entry) => {
    const [what, why] = repairWords(entry, words);
    const path = shown(entry.blocked?.file ?? plan.config.path);
    return [
      `  [${entry.accepted ? "x" : " "}] ${what}  (${entry.id})`,
      `      ${why}`,
      ...(entry.blocked
        ? [`      ${blocked("lead")} ${blocked(entry.blocked.reason ?? "other", { path })}`]
        : []),
    ];
  });
  return ["", t("repairs"), ...lines];
}

/** What it changes, and why. */
export function repairWords(
  { kind, data }: Repair,
  { repair, list }: Words,
): readonly [what: string, why: string] {
  const names = Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      typeof value === "string" ? visible(value) : list(value.map(visible)),
    ]),
  );
  return [repair(`${kind}.what`, names), repair(`${kind}.why`, names)];
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
