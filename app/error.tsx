"use client";

/** What stands where a page broke: nothing was written by it, and it can be tried again. */

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";

export default function Broken({ reset }: Readonly<{ reset: () => void }>) {
  const t = useTranslations("broken");
  return (
    <div role="alert">
      <h1 className="text-3xl font-semibold">{t("title")}</h1>
      <p className="mt-3 mb-6">{t("next")}</p>
      <Button type="button" onClick={reset}>
        {t("retry")}
      </Button>
    </div>
  );
}
