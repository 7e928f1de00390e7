/** Names the release whose prices are shown, and the day it was built. */

import { useFormatter, useTranslations } from "next-intl";
import type { MachineView } from "@/lib/setup/machine/snapshot";

type PriceSourceProps = Readonly<{ machine: Pick<MachineView, "told" | "toldBy" | "installed"> }>;

export function PriceSource({ machine: { told, toldBy, installed } }: PriceSourceProps) {
  const t = useTranslations("model");
  const format = useFormatter();
  if (!told || toldBy === null) return null;
  const date =
    told.builtOn === null
      ? "none"
      : format.dateTime(new Date(told.builtOn), { dateStyle: "long", timeZone: "UTC" });
  return t(installed ? "priceSource" : "priceSourceKept", { version: toldBy, date });
}
