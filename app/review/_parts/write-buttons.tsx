/** The main button that leads to an answer, and one that only writes the files. */

import { getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import type { LaunchWay } from "@/lib/setup/launch/way";

export interface WriteButtonsProps {
  /** Null if the gateway cannot be started from here. */
  readonly way: LaunchWay | null;
}

/** Belongs to the form of the write. */
export async function WriteButtons({ way }: WriteButtonsProps) {
  const [t, launch] = [await getTranslations("review"), await getTranslations("launch")];
  if (way === null) return <Button>{t("write")}</Button>;
  return (
    <>
      <Button name="next" value="start" aria-describedby="then">
        {launch("write")}
      </Button>
      <Button kind="quiet">{t("write")}</Button>
    </>
  );
}
