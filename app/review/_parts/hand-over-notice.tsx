/** Explains how OpenClaw receives a ChatGPT login, and why that may fail. */

import { getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { ButtonLink } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import type { HandOver } from "@/lib/setup/types";
import { visible } from "@/lib/text/visible";
import type { WriteProblem } from "@/lib/visit/outcome";

export interface HandOverNoticeProps {
  readonly handOver: HandOver;
  readonly installed: boolean;
  /** A key in its own file is planned too. */
  readonly withKey: boolean;
}

export async function HandOverNotice({ handOver, installed, withKey }: HandOverNoticeProps) {
  const t = await getTranslations("handOver");
  const { how } = handOver;
  const command = how.kind === "import" ? `openclaw ${how.command.join(" ")}` : null;
  if (!installed) {
    return (
      <Notice tone="warn" title={t("notInstalled.title")}>
        <p>{t("notInstalled.next")}</p>
        <p className="font-semibold">{t("notInstalled.secret")}</p>
        <div className="my-2 flex flex-wrap gap-4">
          <ButtonLink
            kind="quiet"
            href="/download/auth-profiles.json"
            download="auth-profiles.json"
          >
            {t("download")}
          </ButtonLink>
          {withKey && (
            <ButtonLink kind="quiet" href="/download/dot-env" download=".env">
              {t("downloadKey")}
            </ButtonLink>
          )}
        </div>
        {command !== null && (
          <>
            <p>{t("notInstalled.command")}</p>
            <CommandLine text={command} />
          </>
        )}
      </Notice>
    );
  }
  if (handOver.credential === "key") {
    // The summary and the diff say everything.
    if (command === null) return null;
    return (
      <Notice tone="info" title={t("key.title")}>
        <CommandLine text={command} />
        <p>{t("key.next")}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="info" title={t(`${how.kind}.title`)}>
      {command !== null && <CommandLine text={command} />}
      <p>{t(`${how.kind}.next`)}</p>
      <p>{t("owner")}</p>
    </Notice>
  );
}

type Failure = Extract<WriteProblem, { kind: "hand-over-failed" }>["failure"];

interface HandOverFailureNoticeProps {
  readonly failure: Failure;
  readonly what: HandOver["credential"];
}

export async function HandOverFailureNotice({ failure, what }: HandOverFailureNoticeProps) {
  const [t, common] = [await getTranslations("handOver.failure"), await getTranslations("app")];
  const { code, detail, left } = failure;
  // Other failures have the same text for keys and logins.
  const ofKey = what === "key" && (code === "command-failed" || code === "login-missing");
  const words = ofKey ? (`key-${code}` as const) : code;
  return (
    <Notice tone="bad" title={t(`${words}.title`)}>
      <p>{t(`${words}.next`)}</p>
      <p>
        {left === null
          ? t(what === "key" ? "restoredKey" : "restored")
          : t("left", { path: visible(left.path) })}
      </p>
      <Details label={common("details")} text={[detail, left?.detail].filter(Boolean).join("\n")} />
    </Notice>
  );
}
