/** Explains a config with another source: what is written here, and what the user adds there. */

import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import type { Snapshot } from "@/lib/setup/snapshot";
import { visible } from "@/lib/text/visible";

interface ImmutableNoticeProps {
  readonly snapshot: Pick<Snapshot, "immutable" | "dotenvPath">;
  readonly shown: (path: string) => string;
}

export async function ImmutableNotice({ snapshot, shown }: ImmutableNoticeProps) {
  const { immutable, dotenvPath } = snapshot;
  if (immutable === null) return null;
  const t = await getTranslations("immutable");
  const about =
    immutable.kind === "variable"
      ? t("variable", { name: immutable.name })
      : t(immutable.kind, { path: visible(shown(immutable.path)) });
  return (
    <Notice tone="info" title={t("title")}>
      <p className="wrap-anywhere">{about}</p>
      <p className="wrap-anywhere">{t("next", { path: visible(shown(dotenvPath)) })}</p>
    </Notice>
  );
}
