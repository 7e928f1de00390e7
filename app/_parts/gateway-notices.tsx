/** Explains what a gateway means for the key: running, remote, or with its service's own key. */

import { getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { type GatewayFactsProps, gatewayFacts } from "@/app/_parts/gateway-facts";
import { Notice } from "@/components/ui/notice";
import { maskSecret } from "@/lib/secrets/mask-secret";
import type { UnseenAddress } from "@/lib/setup/launch/unseen-address";
import { obstacleTo } from "@/lib/setup/launch/way";
import { answersHere, type GatewayState } from "@/lib/setup/machine/gateway";
import { serviceKeyAgainst } from "@/lib/setup/machine/service-key";
import type { Snapshot } from "@/lib/setup/snapshot";
import { visible } from "@/lib/text/visible";

/** Shown if the gateway is on another machine, where the key belongs. */
export async function RemoteGatewayNotice({ gateway }: Readonly<{ gateway: GatewayState }>) {
  if (gateway.kind !== "remote") return null;
  const t = await getTranslations("gateway.remote");
  return (
    <Notice tone="warn" title={t("title")}>
      <p>{t("text", { host: gateway.host ?? "none" })}</p>
    </Notice>
  );
}

/** Before the write: the running gateway keeps its old settings. */
export async function RunningGatewayNotice({
  gateway,
  ...rest
}: Readonly<{ gateway: GatewayState } & Omit<GatewayFactsProps, "gateway">>) {
  if (gateway.kind !== "here") return null;
  const t = await getTranslations("gateway.running");
  const facts = await gatewayFacts({ gateway, ...rest });
  if (!gateway.isRunning && !facts.some(({ isWarning }) => isWarning)) return null;
  const isWarning = facts.some((one) => one.isWarning);
  return (
    <Notice tone={isWarning ? "warn" : "info"} title={t(gateway.isRunning ? "title" : "titleNone")}>
      {facts.map(({ text }) => (
        <p key={text} className="wrap-anywhere">
          {text}
        </p>
      ))}
      {answersHere(gateway) && <p>{t("before", { port: String(gateway.port) })}</p>}
    </Notice>
  );
}

/** After the write: why no gateway of these files can start here, and what to do. */
export async function ObstacleNotice({ gateway }: Readonly<{ gateway: GatewayState }>) {
  const why = obstacleTo(gateway);
  if (why === null || gateway.kind !== "here") return null;
  const t = await getTranslations("launch");
  return (
    <Notice tone="warn" title={t("blocked")}>
      <p>{t(`obstacle.${why}`, { port: String(gateway.port) })}</p>
    </Notice>
  );
}

/** After the write: the gateway has to be restarted to read the new files. */
export async function OlderGatewayNotice({ profile }: Readonly<{ profile: string | null }>) {
  const t = await getTranslations("gateway.running");
  return (
    <Notice tone="warn" title={t("title")}>
      <p>{t("after")}</p>
      <CommandLine text={`openclaw${profile ? ` --profile ${profile}` : ""} gateway restart`} />
    </Notice>
  );
}

export interface ServiceKeyNoticeProps {
  readonly snapshot: Snapshot;
  readonly apiKey: string | null;
  readonly shown: (path: string) => string;
}

/** Names the service file whose key the gateway would use instead. */
export async function ServiceKeyNotice({ snapshot, apiKey, shown }: ServiceKeyNoticeProps) {
  const other = apiKey === null ? null : serviceKeyAgainst(snapshot, apiKey);
  if (other === null) return null;
  const t = await getTranslations("gateway.service");
  return (
    <Notice tone="warn" title={t("title")}>
      <p className="wrap-anywhere">
        {t("text", { path: shown(other.file), key: maskSecret(other.value) })}
      </p>
    </Notice>
  );
}

export interface UnseenAddressNoticeProps {
  readonly unseen: UnseenAddress | null;
  readonly byService: boolean;
  readonly release: string | null;
  /** What to do: tick it on this page, or undo first. */
  readonly next: "tick" | "undo";
}

/** The gateway would send the key to OpenAI instead of where it was checked. */
export async function UnseenAddressNotice({
  unseen,
  byService,
  release,
  next,
}: UnseenAddressNoticeProps) {
  if (unseen === null || release === null || (unseen.why === "service" && !byService)) return null;
  const [t, repair] = [await getTranslations("gateway.address"), await getTranslations("repair")];
  const to = visible(unseen.to);
  return (
    <Notice tone="warn" title={t(unseen.why, { release })}>
      <p className="wrap-anywhere">
        {t("text", { to })} {t(next, { line: repair("checked-address.what", { to }) })}
      </p>
    </Notice>
  );
}
