/** Explains why nothing was written or undone, and what to do. */

import { getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { Details, Notice } from "@/components/ui/notice";
import { isOn } from "@/lib/setup/machine/immutable";
import type { WriteRefusal, WriteRefusalCode } from "@/lib/setup/types";
import { ownerAdviceFor } from "@/lib/system/ownership";
import { visible } from "@/lib/text/visible";

/** Refusals that a file of another owner may cause. */
const OF_OWNERS: ReadonlySet<WriteRefusalCode> = new Set([
  "other-owner",
  "not-writable",
  "not-readable",
]);

interface WriteRefusalNoticeProps {
  readonly refusal: WriteRefusal;
  readonly shown: (path: string) => string;
}

export async function WriteRefusalNotice({ refusal, shown }: WriteRefusalNoticeProps) {
  const [t, common] = [await getTranslations("write"), await getTranslations("app")];
  const known = t.has(`${refusal.code}.title`) ? refusal.code : "io";
  const advice = OF_OWNERS.has(refusal.code) ? ownerAdviceFor(refusal.path) : null;
  return (
    <Notice tone="bad" title={t(`${known}.title`, { path: shown(refusal.path) })}>
      <p className="wrap-anywhere">
        {advice
          ? t(advice.kind, { user: visible(advice.user) })
          : t(`${known}.next`, { path: shown(refusal.path) })}
      </p>
      {advice && "command" in advice && <CommandLine text={advice.command} />}
      {refusal.code === "read-only-file-system" && <OtherPlace />}
      <p>{t("nothingWritten")}</p>
      <Details label={common("details")} text={refusal.detail} />
    </Notice>
  );
}

/** Only where the user can choose the place, unlike in an image or Nix module. */
async function OtherPlace() {
  const t = await getTranslations("write");
  const { env } = process;
  if (isOn(env["OPENCLAW_NIX_MODE"]) || isOn(env["OPENCLAW_CONFIG_READONLY"])) return null;
  return <p>{t(env["OPENCLAW_STATE_DIR"]?.trim() ? "otherPlaceName" : "otherPlace")}</p>;
}
