/** Quotes why the gateway did not start, and offers the next step. */

import { getTranslations } from "next-intl/server";
import { FailureSentence } from "@/app/_parts/failure-sentence";
import { launchGateway } from "@/app/done/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import type { LaunchStep } from "@/lib/setup/launch/types";
import { isLaunchObstacle } from "@/lib/setup/launch/way";

export interface LaunchFailureProps {
  readonly steps: readonly LaunchStep[];
  readonly port: string;
}

export async function LaunchFailureNotice({ steps, port }: LaunchFailureProps) {
  const failed = steps.find(({ failure }) => failure !== null);
  if (!failed?.failure) return null;
  const { failure } = failed;
  const [t, done] = [await getTranslations("launch"), await getTranslations("done")];
  const common = await getTranslations("app");
  const wasStopped = failure.code === "cancelled";
  // Without a service, the gateway can still be started directly.
  const isAlone = failed.name === "install";
  return (
    <Notice
      tone={wasStopped ? "info" : "bad"}
      title={t(wasStopped ? "stopped" : `failed.${failed.name}`)}
    >
      {isLaunchObstacle(failure.code) ? (
        <p>{t(`obstacle.${failure.code}`, { port })}</p>
      ) : (
        !wasStopped && <p>{done(`failure.${failure.code}`)}</p>
      )}
      <FailureSentence sentence={failure.sentence} />
      <Details label={common("details")} text={failure.detail} />
      <form action={launchGateway} className="mt-4">
        {isAlone && <input type="hidden" name="alone" value="yes" />}
        <Button>{t(isAlone ? "alone" : "again")}</Button>
      </form>
    </Notice>
  );
}
