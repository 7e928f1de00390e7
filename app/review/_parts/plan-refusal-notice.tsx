/** Explains why no plan could be made: the file, the place and what to do. */

import { getTranslations } from "next-intl/server";
import { Details, Notice } from "@/components/ui/notice";
import type { PlanRefusal } from "@/lib/setup/types";
import { visible } from "@/lib/text/visible";

interface PlanRefusalNoticeProps {
  readonly refusal: PlanRefusal;
  readonly shown: (path: string) => string;
}

const UNPARSABLE: Readonly<Record<string, "template" | "placeholder">> = {
  "template-literal": "template",
  placeholder: "placeholder",
};

export async function PlanRefusalNotice({ refusal, shown }: PlanRefusalNoticeProps) {
  const [t, common] = [await getTranslations("planRefusal"), await getTranslations("app")];
  const blocked = await getTranslations("blocked");
  const isConfigUtf16 = refusal.code === "config-unparsable" && refusal.error.detail === "UTF-16";
  if (isConfigUtf16 || refusal.code === "utf16") {
    return (
      <Notice tone="bad" title={t("utf16.title", { path: shown(refusal.path) })}>
        <p>{t("utf16.next")}</p>
      </Notice>
    );
  }
  if (refusal.code === "config-unparsable") {
    const { line, column, code, detail } = refusal.error;
    const values = { path: shown(refusal.path), line, column };
    if (refusal.by !== null) {
      const names = { include: visible(refusal.by.include), from: shown(refusal.by.file) };
      return (
        <Notice tone="bad" title={t("include-unparsable.title", values)}>
          <p className="wrap-anywhere">{t("include-unparsable.next", names)}</p>
          {code === "placeholder" && <p>{t("config-unparsable.placeholder")}</p>}
          <Details label={common("details")} text={detail} />
        </Notice>
      );
    }
    return (
      <Notice tone="bad" title={t("config-unparsable.title", values)}>
        <p>{t(`config-unparsable.${UNPARSABLE[code] ?? "next"}`, values)}</p>
        <Details label={common("details")} text={detail} />
      </Notice>
    );
  }
  if ("include" in refusal) {
    const { code, path, include, detail } = refusal;
    const values = { path: shown(path), include: visible(include) };
    return (
      <Notice tone="bad" title={t("include.title", values)}>
        <p>{t(`include.${code}`, values)}</p>
        <p>{t("include.next")}</p>
        <Details label={common("details")} text={detail} />
      </Notice>
    );
  }
  const path = "path" in refusal ? shown(refusal.path) : visible(refusal.ref);
  if (refusal.code === "edit-refused") {
    const { refusal: edit } = refusal;
    const place = edit.path
      .map((part) => (typeof part === "number" ? `[${part}]` : part))
      .join(".");
    return (
      <Notice tone="bad" title={t("edit-refused.title", { path })}>
        {edit.code === "parent-not-object" && edit.detail === "an array" && (
          <p className="wrap-anywhere">{t("edit-refused.list", { place: visible(place) })}</p>
        )}
        {place !== "" && (
          <p className="wrap-anywhere">{t("edit-refused.why", { place: visible(place) })}</p>
        )}
        {edit.reason && <p className="wrap-anywhere">{blocked(edit.reason, { path })}</p>}
        <p>{t("edit-refused.next", { path })}</p>
        <Details label={common("details")} text={edit.detail} />
      </Notice>
    );
  }
  const detail = "detail" in refusal ? refusal.detail : "";
  return (
    <Notice tone="bad" title={t(`${refusal.code}.title`, { path })}>
      <p>{t(`${refusal.code}.next`, { path })}</p>
      <Details label={common("details")} text={detail} />
    </Notice>
  );
}
