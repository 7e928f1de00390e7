/** Work that goes on: what is waited for, for how long, and the way to stop it. */

import { useTranslations } from "next-intl";
import { cancelReply } from "@/app/actions";
import { Button } from "@/components/ui/button";
import { Refresher } from "@/components/ui/refresher";

export function Running({ what, since }: Readonly<{ what: string; since: number }>) {
  const t = useTranslations("done");
  const seconds = Math.floor((Date.now() - since) / 1000);
  return (
    <>
      <Refresher every={700} />
      <p className="mt-3 text-quiet">
        <span role="status">{what}</span>
        {seconds >= 2 && (
          <span aria-hidden="true" className="ms-2 tabular-nums">
            {t("elapsed", { seconds })}
          </span>
        )}
      </p>
      <form action={cancelReply} className="mt-3">
        <Button kind="quiet">{t("cancel")}</Button>
      </form>
    </>
  );
}
