/** What stands against the write or its effect: another tab, another OpenClaw, the disk, a gateway, a variable. */

import { getTranslations } from "next-intl/server";
import {
  RemoteGatewayNotice,
  RunningGatewayNotice,
  ServiceKeyNotice,
} from "@/app/_parts/gateway-notices";
import { ImmutableNotice } from "@/app/_parts/immutable-notice";
import { OlderInUseNotice } from "@/app/_parts/older-in-use-notice";
import { WriteRefusalNotice } from "@/app/_parts/write-refusal-notice";
import { HandOverFailureNotice } from "@/app/review/_parts/hand-over-notice";
import { Notice } from "@/components/ui/notice";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Plan } from "@/lib/setup/types";
import type { Review } from "@/lib/visit/before-write/review";

export interface ObstaclesProps {
  readonly plan: Plan;
  readonly review: Review;
  readonly found: MachineView;
  readonly gives: "login" | "key";
  /** The key of this visit, if the plan writes it. */
  readonly apiKey: string | null;
}

export async function Obstacles({ plan, review, found, gives, apiKey }: ObstaclesProps) {
  const t = await getTranslations("review");
  const { problem, refusal, isTooOld } = review;
  const { snapshot, shown, gateway } = found;
  return (
    <>
      {problem?.kind === "changed" && (
        <Notice tone="warn" title={t(`changed.${problem.by}`)}>
          <p>{t("changed.next")}</p>
        </Notice>
      )}
      <OlderInUseNotice machine={found} isRefused={isTooOld} />
      <ImmutableNotice snapshot={snapshot} shown={shown} />
      {refusal && <WriteRefusalNotice refusal={refusal} shown={shown} />}
      {problem?.kind === "hand-over-failed" && (
        <HandOverFailureNotice failure={problem.failure} what={gives} />
      )}
      <RemoteGatewayNotice gateway={gateway} />
      <RunningGatewayNotice gateway={gateway} version={snapshot.version} shown={shown} />
      <ServiceKeyNotice snapshot={snapshot} apiKey={apiKey} shown={shown} />
      {plan.overriddenBy === "environment" && (
        <Notice tone="warn" title={t("environment.title")}>
          <p>{t("environment.next")}</p>
        </Notice>
      )}
    </>
  );
}
