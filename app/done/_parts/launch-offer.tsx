/** Offers to start or restart the gateway and ask it. */

import { getTranslations } from "next-intl/server";
import { LaunchWords, type LaunchWordsProps } from "@/app/_parts/launch-words";
import { launchGateway } from "@/app/done/actions";
import { Button } from "@/components/ui/button";
import { runsAlready } from "@/lib/setup/launch/way";

export async function LaunchOffer({ way, ...asks }: LaunchWordsProps) {
  const t = await getTranslations("launch");
  return (
    <form action={launchGateway} className="my-6 flex flex-wrap items-center gap-4">
      <Button aria-describedby="launch">{t(runsAlready(way) ? "restart" : "start")}</Button>
      <p id="launch" className="min-w-0 flex-1 basis-60 text-base text-quiet">
        <LaunchWords way={way} {...asks} />
      </p>
    </form>
  );
}
