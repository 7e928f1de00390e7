/** Describes the gateway of these files, its service, and what else runs. */

import { getTranslations } from "next-intl/server";
import { isForeign, type LocalGateway } from "@/lib/setup/machine/gateway";
import { visible } from "@/lib/text/visible";

export interface GatewayFact {
  readonly text: string;
  readonly isWarning: boolean;
}

export interface GatewayFactsProps {
  readonly gateway: LocalGateway;
  readonly version: string | null;
  readonly shown: (path: string) => string;
}

export async function gatewayFacts({
  gateway,
  version,
  shown,
}: GatewayFactsProps): Promise<readonly GatewayFact[]> {
  const t = await getTranslations("gateway.found");
  const { isRunning, port, process, services, others } = gateway;
  const says = (text: string) => ({ text, isWarning: false });
  const warns = (text: string) => ({ text, isWarning: true });
  const facts: GatewayFact[] = [];
  const kept = services.map(({ manager, file }) => t(`kept.${manager}`, { path: shown(file) }));
  const keptBy = (): readonly GatewayFact[] => {
    if (gateway.isOurs) return [says(t("ours"))];
    if (kept.length > 0) return [];
    const unit = process?.unit;
    return [says(unit ? t("keptByUnit", { unit: visible(unit) }) : t("unkept"))];
  };
  if (isRunning) {
    facts.push(says(t("runs", { port: String(port), version: gateway.version ?? "none" })));
    if (process && !process.isOwn) facts.push(warns(t("otherUser")));
    else if (process?.isOfTheseFiles === false)
      facts.push(warns(t("otherFiles", { port: String(port) })));
    if (process?.inContainer) facts.push(says(t("inContainer")));
    if (!isForeign(gateway)) facts.push(...kept.map(says), ...keptBy());
  } else {
    if (gateway.isOurs) facts.push(says(t("oursStarts")));
    if (process) facts.push(warns(t("portTaken", { port: String(port) })));
    facts.push(...kept.map((one) => says(`${one} ${t("notNow")}`)));
  }
  const running = isForeign(gateway) ? null : gateway.version;
  const different = [running, ...services.map((one) => one.version)].find(
    (one) => one !== null && version !== null && one !== version,
  );
  if (different) facts.push(warns(t("otherRelease", { running: different, here: version ?? "" })));
  if (others.length > 0) facts.push(says(t("others", { count: others.length })));
  return facts;
}
