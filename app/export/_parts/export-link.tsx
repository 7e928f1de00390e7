/** Links to the same plan as files for an engine. */

import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";

export async function ExportLink() {
  const t = await getTranslations("export");
  return (
    <ButtonLink kind="quiet" href="/export">
      {t("link")}
    </ButtonLink>
  );
}
