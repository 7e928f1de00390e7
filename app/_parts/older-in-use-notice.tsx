/** Warns that a newer OpenClaw wrote the data, and offers the newer one. */

import { getTranslations } from "next-intl/server";
import { CommandLine } from "@/app/_parts/command-line";
import { Notice } from "@/components/ui/notice";
import { compareReleases } from "@/lib/openclaw/releases/table";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { shellCommand } from "@/lib/system/shell-words";

export interface OlderInUseNoticeProps {
  readonly machine: Pick<MachineView, "installed" | "others" | "newerWriter">;
  /** The plan is not offered, because it would run the older release's doctor. */
  readonly isRefused?: boolean;
}

export async function OlderInUseNotice({ machine, isRefused = false }: OlderInUseNoticeProps) {
  const { installed, newerWriter: writer } = machine;
  if (writer === null || installed === null) return null;
  const t = await getTranslations("olderInUse");
  const fitting = machine.others.find(({ version }) => compareReleases(version, writer) >= 0);
  return (
    <Notice tone="warn" title={t("title", { writer, used: installed.version })}>
      <p>{t("next")}</p>
      {isRefused && <p className="font-semibold">{t("noDoctor")}</p>}
      {fitting ? (
        <>
          <p>{t("use", { version: fitting.version })}</p>
          <CommandLine text={`OPENCLAW_BIN=${shellCommand([fitting.command.path])}`} />
        </>
      ) : (
        <p>{t("install", { writer })}</p>
      )}
    </Notice>
  );
}
