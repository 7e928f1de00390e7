/** Shows OpenClaw's verdict on the files in plain words. */

import { useTranslations } from "next-intl";
import { getFormatter, getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { FailureWords } from "@/app/_parts/failure-sentence";
import { nodeRangeWords } from "@/app/_parts/node-range-words";
import { useCredentialWords } from "@/app/done/_parts/credential-words";
import { Differences } from "@/app/done/_parts/differences";
import { cancelAsking, verifyAgain } from "@/app/done/actions";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import { Waiting } from "@/components/wait/waiting";
import type { Credential } from "@/lib/setup/verify/credential-in-use";
import type { Chosen } from "@/lib/setup/verify/reply-differences";
import { configWord, type Verification } from "@/lib/setup/verify/verify";
import type { Job } from "@/lib/system/job";

interface VerificationSectionProps {
  readonly job: Job<Verification> | null;
  readonly chosen: Chosen | null;
  readonly shown: (path: string) => string;
  readonly named: (text: string) => string;
  /** A running gateway has not read the new files. */
  readonly isOlder: boolean;
  /** Checking again is the page's next step. */
  readonly isNext: boolean;
  /** How to install the planned release and its Node. */
  readonly install: { readonly command: string; readonly node: string };
}

export async function VerificationSection({ job, isNext, ...rest }: VerificationSectionProps) {
  const t = await getTranslations("done");
  return (
    <section aria-labelledby="verify" className="mt-10">
      <h2 id="verify" className="text-lg font-semibold">
        {t("verifyTitle")}
      </h2>
      {job && job.result === null && (
        <Waiting what={t("verifying")} since={job.startedAt} cancel={cancelAsking} />
      )}
      {job?.result?.kind === "done" && <Verdict verification={job.result.value} {...rest} />}
      {job?.result?.kind === "failed" && <Notice tone="warn" title={t("failed")} />}
      {job?.result && (
        <form action={verifyAgain}>
          <Button kind={isNext ? "primary" : "quiet"}>{t("retry")}</Button>
        </form>
      )}
    </section>
  );
}

async function Verdict({
  verification,
  chosen,
  shown,
  named,
  isOlder,
  install,
}: Omit<VerificationSectionProps, "job" | "isNext"> & { readonly verification: Verification }) {
  const [t, common] = [await getTranslations("done"), await getTranslations("app")];
  const [inWords, format] = [await nodeRangeWords(), await getFormatter()];
  switch (verification.kind) {
    case "not-installed":
      return (
        <Notice tone="info" title={t("notInstalled")}>
          <p>{t("notInstalledNext")}</p>
          <CommandLine text={install.command} />
          <p>{t("notInstalledNode", { needed: inWords(install.node) })}</p>
        </Notice>
      );
    case "missing-bin":
      return (
        <Notice tone="warn" title={t("missingBin")}>
          <p>{t("missingBinNext", { path: shown(verification.path) })}</p>
        </Notice>
      );
    case "node-misfit": {
      const needed = inWords(verification.needed);
      const found = format.list(verification.found) || "–";
      return (
        <Notice tone="warn" title={t("nodeMisfit")}>
          <p>{t("nodeMisfitNext", { needed, found })}</p>
        </Notice>
      );
    }
    case "failed":
      return (
        <Notice tone="warn" title={t("failed")}>
          <FailureWords failure={verification.failure}>
            {verification.failure.code === "config-invalid" && <RefusedConfig />}
          </FailureWords>
        </Notice>
      );
    case "answered": {
      const { valid, verdict, model, credential, backup, detail } = verification;
      const config = t(configWord(verification));
      if (verdict === "uncertain") {
        return (
          <Notice tone="warn" title={t("uncertain", { model: named(model) })}>
            <p>{config}</p>
            {valid === false ? <RefusedConfig /> : <p>{t("uncertainNext")}</p>}
            <Details label={common("details")} text={detail} />
          </Notice>
        );
      }
      const { differences } = verification;
      if (verdict === "usable" && chosen && differences.length > 0) {
        return (
          <Notice tone="warn" title={t("usableOther")}>
            <p>{config}</p>
            <Differences differences={differences} chosen={chosen} shown={shown} named={named} />
          </Notice>
        );
      }
      return verdict === "usable" ? (
        <Notice tone={isOlder ? "info" : "good"} title={t("usable", { model: named(model) })}>
          <p>{config}</p>
          <CredentialInUse credential={credential} backup={backup} />
        </Notice>
      ) : (
        <Notice tone="bad" title={t("unusable")}>
          <p>{config}</p>
          {valid === false ? <RefusedConfig /> : <p>{t("unusableNext")}</p>}
          <Details label={common("details")} text={detail} />
        </Notice>
      );
    }
  }
}

function CredentialInUse({
  credential,
  backup,
}: Readonly<{ credential: Credential; backup: boolean }>) {
  const [t, words] = [useTranslations("done"), useCredentialWords()];
  return (
    <>
      <p>{t("credential", { credential: words(credential) })}</p>
      {backup && <p>{t("backup")}</p>}
    </>
  );
}

/** An undo does not help if the config was already refused. */
function RefusedConfig() {
  const t = useTranslations("done");
  return (
    <>
      <p>{t("invalidNext")}</p>
      <CommandLine text="openclaw doctor --fix" />
    </>
  );
}
