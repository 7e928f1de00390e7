/** An address that does not exist. */

import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";

export default async function NotFound() {
  const t = await getTranslations("notFound");
  return (
    <>
      <h1 className="mb-6 text-3xl font-semibold">{t("title")}</h1>
      <ButtonLink href="/">{t("next")}</ButtonLink>
    </>
  );
}
