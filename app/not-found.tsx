/** The page for an unknown address. */

import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";

export default async function NotFound() {
  const [t, app] = [await getTranslations("notFound"), await getTranslations("app")];
  return (
    <>
      <title>{`${t("title")} · ${app("name")}`}</title>
      <h1 className="text-3xl font-semibold">{t("title")}</h1>
      <p className="mt-3 mb-6 text-lg text-quiet">{t("what")}</p>
      <ButtonLink href="/">{t("next")}</ButtonLink>
    </>
  );
}
