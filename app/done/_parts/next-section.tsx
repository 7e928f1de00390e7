/** Explains what keeps the gateway running, and the equivalent commands. */

import { getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { TextLink } from "@/components/ui/text-link";
import type { LocalGateway } from "@/lib/setup/machine/gateway";
import { tunnelCommand } from "@/lib/sign-in/tunnel";
import { surroundings } from "@/lib/system/surroundings.mjs";

export interface NextSectionProps {
  readonly gateway: LocalGateway;
  /** The gateway has run since before the write. */
  readonly isOlder: boolean;
  /** Something else listens at its port. */
  readonly isInTheWay: boolean;
  readonly isOwn: boolean;
  readonly profile: string | null;
}

export async function NextSection({
  gateway,
  isOlder,
  isInTheWay,
  isOwn,
  profile,
}: NextSectionProps) {
  const [t, running] = [await getTranslations("done"), await getTranslations("gateway.running")];
  const [who, phone] = [await getTranslations("who"), await getTranslations("phone")];
  const command = `openclaw${profile ? ` --profile ${profile}` : ""}`;
  const port = String(gateway.port);
  return (
    <section aria-labelledby="next" className="mt-10">
      <h2 id="next" className="text-lg font-semibold">
        {t("next")}
      </h2>
      {isInTheWay ? null : gateway.isRunning ? (
        <>
          {!isOlder && <p className="mt-2">{running("since", { port })}</p>}
          {isOwn && (
            <>
              <p className="mt-2">{t("ownSession")}</p>
              <CommandLine text={`${command} gateway install`} />
              <p className="mt-4">{t("ownSupervisor")}</p>
              <CommandLine text={`${command} gateway run`} />
            </>
          )}
        </>
      ) : (
        <>
          <p className="mt-2">{t("nextGateway")}</p>
          <CommandLine text={`${command} gateway run`} />
        </>
      )}
      {surroundings() === "ssh" && gateway.isRunning && (
        <>
          <p className="mt-4">{t("nextTunnel")}</p>
          <CommandLine text={tunnelCommand(process.env, [gateway.port])} />
        </>
      )}
      {!isInTheWay && (
        <>
          <p className="mt-4">{t("nextDashboard")}</p>
          <CommandLine text={`${command} dashboard`} />
        </>
      )}
      <p className="mt-4 flex flex-wrap gap-x-6 gap-y-2">
        <TextLink href="/phone">{phone("title")}</TextLink>
        <TextLink href="/who-answers">{who("title")}</TextLink>
      </p>
    </section>
  );
}
