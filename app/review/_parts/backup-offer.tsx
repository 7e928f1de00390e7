/** Shows on the review whether a key backs up the subscription, its cost, and how to change it. */

import { useTranslations } from "next-intl";
import { dropBackup } from "@/app/backup/actions";
import { Button, ButtonLink } from "@/components/ui/button";

export function BackupOffer({ masked }: Readonly<{ masked: string | null }>) {
  const t = useTranslations("backup");
  return (
    <section aria-labelledby="backup" className="mb-8 rounded-xl border border-line p-5">
      <h2 id="backup" className="font-semibold">
        {masked ? t("on", { key: masked }) : t("off")}
      </h2>
      <p className="mt-1 text-base text-quiet">{masked ? t("onAbout") : t("offAbout")}</p>
      <div className="mt-3 flex flex-wrap items-center gap-4">
        <ButtonLink kind="quiet" href="/backup">
          {masked ? t("change") : t("add")}
        </ButtonLink>
        {masked && (
          <form action={dropBackup}>
            <Button kind="quiet">{t("drop")}</Button>
          </form>
        )}
      </div>
    </section>
  );
}
