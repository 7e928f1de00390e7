/** Shows what an undo has restored, and what it leaves and why. */

import { getFormatter, getTranslations } from "next-intl/server";
import { WriteRefusalNotice } from "@/app/_parts/write-refusal-notice";
import { forgetBackups } from "@/app/done/actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { visible } from "@/lib/text/visible";
import type { Outcome } from "@/lib/visit/outcome";

export async function UndoneSection({
  outcome: { undone, gateway, remains, holding },
  shown,
}: {
  outcome: Extract<Outcome, { kind: "undone" }>;
  shown: (path: string) => string;
}) {
  const [t, format] = [await getTranslations("done"), await getFormatter()];
  const { files, kept, left } = undone;
  return (
    <>
      <Notice tone="good" title={t("undone", { count: files.length })}>
        <p>{t("undoneNext")}</p>
        <ul>
          {files.map((path) => (
            <li key={path}>
              <code>{shown(path)}</code>
            </li>
          ))}
        </ul>
      </Notice>
      {left && <WriteRefusalNotice refusal={left} shown={shown} />}
      <section aria-labelledby="remains" className="my-8">
        <h2 id="remains" className="text-lg font-semibold">
          {t("remains")}
        </h2>
        {gateway && <p className="mt-2">{t(`undoneGateway.${gateway}`)}</p>}
        <p className="mt-2 wrap-anywhere">
          {remains.length > 0
            ? t("remainsMade", { names: format.list(remains.map(visible)) })
            : t("remainsWork")}
        </p>
        {holding.length > 0 && (
          <p className="mt-2 font-semibold text-warn wrap-anywhere">
            {t("remainsHolding", { names: format.list(holding.map(visible)) })}
          </p>
        )}
        <p className="mt-2">
          {left ? t("remainsSecrets") : t("remainsBackups", { count: kept ?? 0 })}
        </p>
        {(left || (kept ?? 0) > 0) && (
          <form action={forgetBackups} className="mt-4 flex flex-wrap items-center gap-4">
            <Button kind="quiet">{t("forgetBackups")}</Button>
            <p className="min-w-0 flex-1 basis-60 text-base text-quiet">{t("forgetBackupsWhat")}</p>
          </form>
        )}
      </section>
    </>
  );
}
