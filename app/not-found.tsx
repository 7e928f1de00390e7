/** An address that does not exist. */

import { getTranslations } from "next-intl/server";
import { ButtonLink } from "@/components/ui/button";

export default async function NotFound() {
  const [t, app] = [await getTranslations("notFound"), await getTranslations("app")];
  return (
    <>
      <title>{`${t("title")} · ${app("name")}`}</title>
      <h1 className="mb-6 text-3xl font-semibold">{t("title")}</h1>
      <ButtonLink href="/">{t("next")}</ButtonLink>
    </>
  );
}
