/** Explains in the review's words why no plan could be made. */

import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Words } from "@/lib/i18n/words";
import type { PlanRefusal } from "@/lib/setup/types";
import { visible } from "@/lib/text/visible";

/** `shown` shortens a path for display. */
export function planFailure(
  refusal: PlanRefusal,
  { planRefusal: t, blocked }: Words,
  shown: (path: string) => string,
): Failure {
  const base = {
    code: refusal.code,
    exit: refusal.code === "invalid-model-ref" ? EXIT.usage : EXIT.noPlan,
    path: "path" in refusal ? refusal.path : null,
    detail: "detail" in refusal ? refusal.detail : "",
  };
  const path = "path" in refusal ? shown(refusal.path) : visible(refusal.ref);
  if (refusal.code === "utf16")
    return { ...base, what: t("utf16.title", { path }), next: t("utf16.next") };
  if (refusal.code === "config-unparsable") {
    const { line, column, code, detail } = refusal.error;
    const values = { path, line, column };
    if (detail === "UTF-16") {
      return { ...base, what: t("utf16.title", { path }), next: t("utf16.next") };
    }
    const way = code === "template-literal" ? "template" : code;
    const next = way === "template" || way === "placeholder" ? way : "next";
    if (refusal.by === null) {
      const what = t("config-unparsable.title", values);
      return { ...base, what, next: t(`config-unparsable.${next}`, values), detail };
    }
    const names = { include: visible(refusal.by.include), from: shown(refusal.by.file) };
    const what = t("include-unparsable.title", values);
    return { ...base, what, next: t("include-unparsable.next", names), detail };
  }
  if ("include" in refusal) {
    const values = { path, include: visible(refusal.include) };
    const next = `${t(`include.${refusal.code}`, values)} ${t("include.next")}`;
    return { ...base, what: t("include.title", values), next };
  }
  if (refusal.code === "edit-refused") {
    const { refusal: edit } = refusal;
    const place = edit.path.map((part) => (typeof part === "number" ? `[${part}]` : part));
    const next = [
      ...(place.length > 0 ? [t("edit-refused.why", { place: visible(place.join(".")) })] : []),
      ...(edit.reason ? [blocked(edit.reason, { path })] : []),
      t("edit-refused.next", { path }),
    ].join(" ");
    return { ...base, what: t("edit-refused.title", { path }), next, detail: edit.detail };
  }
  const what = t(`${refusal.code}.title`, { path });
  return { ...base, what, next: t(`${refusal.code}.next`, { path }) };
}
