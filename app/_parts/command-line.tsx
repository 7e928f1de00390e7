/** A command to take along. */

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";

export function CommandLine({ text }: Readonly<{ text: string }>) {
  const t = useTranslations("done");
  return (
    <div className="mt-1 flex items-start justify-between gap-3 rounded-lg border border-line bg-surface px-4 py-2">
      <pre dir="ltr" className="min-w-0 py-0.5 whitespace-pre-wrap">
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={t("copy")} copied={t("copied")} />
    </div>
  );
}
