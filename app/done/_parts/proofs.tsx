/** Shows what was seen since the write: its stages, what failed or warns, the start on offer, OpenClaw's verdict. */

import { getTranslations } from "next-intl/server";
import {
  ObstacleNotice,
  OlderGatewayNotice,
  RemoteGatewayNotice,
  ServiceKeyNotice,
  UnseenAddressNotice,
} from "@/app/_parts/gateway-notices";
import { Course } from "@/app/done/_parts/course";
import { Folded } from "@/app/done/_parts/folded";
import { LaunchFailureNotice } from "@/app/done/_parts/launch-failure";
import { LaunchOffer } from "@/app/done/_parts/launch-offer";
import { VerificationSection } from "@/app/done/_parts/verification-section";
import { foreseenWay, isServiceMade } from "@/lib/setup/launch/launch";
import { isByService, obstacleTo } from "@/lib/setup/launch/way";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { installCommand } from "@/lib/setup/machine/target-release";
import { givenKey } from "@/lib/visit/key-state";
import type { Ending } from "@/lib/visit/later/ending";
import type { Applied } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

export interface ProofsProps {
  readonly visit: Visit;
  readonly applied: Applied;
  readonly ending: Ending;
  readonly found: MachineView;
}

export async function Proofs({ visit, applied, ending, found }: ProofsProps) {
  const t = await getTranslations("done");
  const { snapshot, shown, gateway } = found;
  const { launch, written } = applied;
  const { answer, isAccepted, isStarting } = ending;
  const verdict = <Verdict applied={applied} ending={ending} found={found} />;
  // In the list, the verdict is shown behind its line.
  const isWithin = (launch !== null || answer !== null) && isAccepted;
  const way =
    ending.canAsk && !ending.wasBegun && !(answer && ending.isOpen)
      ? await foreseenWay(visit.host.env, snapshot.stateDir, gateway)
      : null;
  const apiKey = visit.auth === "api-key" && visit.telegram === null ? givenKey(visit) : null;
  return (
    <>
      <Folded isFolded={answer !== null} summary={t("checks")}>
        <Course
          applied={applied}
          isAccepted={isAccepted}
          proof={isWithin ? verdict : null}
          shown={shown}
          stored={written.step && t(visit.auth === "chatgpt" ? "loginStored" : "keyStored")}
        />
      </Folded>
      {launch && !isStarting && (
        <LaunchFailureNotice
          steps={launch.launch.steps}
          port={gateway.kind === "here" ? String(gateway.port) : ""}
        />
      )}
      <RemoteGatewayNotice gateway={gateway} />
      <ServiceKeyNotice snapshot={snapshot} apiKey={apiKey?.value ?? null} shown={shown} />
      {!ending.wasBegun && <ObstacleNotice gateway={gateway} />}
      {ending.isOlder && !isStarting && obstacleTo(gateway) === null && (
        <OlderGatewayNotice profile={snapshot.profile} />
      )}
      <UnseenAddressNotice
        unseen={isStarting ? null : applied.unseen}
        byService={isServiceMade(launch?.launch.made ?? null) || (way !== null && isByService(way))}
        release={snapshot.version}
        next="undo"
      />
      {way && way.kind !== "blocked" && (
        <LaunchOffer
          way={way}
          credential={applied.chosen.credential.kind}
          isCheap={snapshot.era.commands.inferModelRun !== "none"}
        />
      )}
      {!isWithin && verdict}
    </>
  );
}

function Verdict({ applied, ending, found }: Omit<ProofsProps, "visit">) {
  const { verification, isOpen } = ending;
  return (
    <VerificationSection
      job={applied.verification}
      // OpenClaw did not answer, so nothing else leads on.
      isNext={verification !== null && verification.kind !== "answered" && !isOpen}
      chosen={applied.chosen}
      shown={found.shown}
      named={found.named}
      isOlder={ending.isOlder}
      install={{ command: installCommand(found.release), node: found.snapshot.era.node }}
    />
  );
}
