/** What to do next: start the gateway where none runs; then the dashboard. */

import { getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import type { GatewayState } from "@/lib/setup/machine/gateway";

export interface NextSectionProps {
  readonly gateway: Extract<GatewayState, { kind: "here" }>;
  /** It runs since before the write. */
  readonly isOlder: boolean;
  readonly profile: string | null;
}

export async function NextSection({ gateway, isOlder, profile }: NextSectionProps) {
  const [t, running] = [await getTranslations("done"), await getTranslations("gateway.running")];
  const command = `openclaw${profile ? ` --profile ${profile}` : ""}`;
  const port = String(gateway.port);
  return (
    <section aria-labelledby="next" className="mt-10">
      <h2 id="next" className="text-lg font-semibold">
        {t("next")}
      </h2>
      {gateway.isRunning ? (
        !isOlder && <p className="mt-2">{running("since", { port })}</p>
      ) : (
        <>
          <p className="mt-2">{t("nextGateway")}</p>
          <CommandLine text={`${command} gateway run`} />
        </>
      )}
      <p className="mt-4">{t("nextDashboard")}</p>
      <CommandLine text={`${command} dashboard`} />
    </section>
  );
}
