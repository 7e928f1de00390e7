/** Lets the phone in by the bot's code, using OpenClaw's own command. */

import { getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { FailureWords } from "@/app/_parts/failure-sentence";
import { stopPairing, submitCode } from "@/app/phone/actions";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { Waiting } from "@/components/wait/waiting";
import { pairingArgs } from "@/lib/openclaw/command/pairing";
import type { Pairing } from "@/lib/visit/outcome";

export interface PairingSectionProps {
  readonly pairing: Pairing | null;
  readonly isRunning: boolean;
  readonly profile: string | null;
}

export async function PairingSection({ pairing, isRunning, profile }: PairingSectionProps) {
  const t = await getTranslations("phone.pair");
  const result = pairing?.result?.kind === "done" ? pairing.result.value : null;
  const failure = result && !result.ok ? result.error : null;
  const command = ["openclaw", ...(profile ? ["--profile", profile] : []), ...pairingArgs("CODE")];
  return (
    <section aria-labelledby="pair" className="mt-10">
      <h2 id="pair" className="text-lg font-semibold">
        {t("title")}
      </h2>
      {result?.ok ? (
        <Notice tone="good" title={t("done")}>
          <p>{t("doneNext")}</p>
        </Notice>
      ) : (
        <p className="mt-2">{t("about")}</p>
      )}
      {!isRunning && <p className="mt-2 font-semibold text-warn">{t("needsGateway")}</p>}
      {(failure || pairing?.result?.kind === "failed") && (
        <Notice tone="bad" title={t("failed")}>
          {failure && failure.code !== "absent" && <FailureWords failure={failure} />}
        </Notice>
      )}
      {pairing?.result === null ? (
        <Waiting since={pairing.startedAt} what={t("asking")} cancel={stopPairing} />
      ) : (
        <form action={submitCode} className="mt-4 flex flex-wrap items-end gap-4">
          <div className="min-w-0 grow basis-60 sm:max-w-xs">
            <label htmlFor="code" className="block font-semibold">
              {t("code")}
            </label>
            <TextField id="code" name="code" placeholder="ABCD2345" errorId={null} required />
          </div>
          <Button kind="quiet">{t("button")}</Button>
        </form>
      )}
      <details className="mt-3">
        <summary className="py-2 text-base">{t("byHand")}</summary>
        <CommandLine text={command.join(" ")} />
      </details>
    </section>
  );
}
