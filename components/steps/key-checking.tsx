/** A key being checked: for how long, and the way to stop it. */

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Refresher } from "@/components/ui/refresher";

export interface KeyCheckingProps {
  readonly masked: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly cancel: (form: FormData) => Promise<never>;
}

export function KeyChecking({ masked, since, cancel }: KeyCheckingProps) {
  const t = useTranslations("key");
  const seconds = Math.floor((Date.now() - since) / 1000);
  return (
    <>
      <Refresher every={500} />
      <p role="status" className="text-quiet tabular-nums">
        {t("asking", { key: masked })}
        {seconds >= 2 && <span aria-hidden="true"> {t("elapsed", { seconds })}</span>}
      </p>
      <form action={cancel} className="mt-6">
        <Button kind="quiet">{t("cancel")}</Button>
      </form>
    </>
  );
}
