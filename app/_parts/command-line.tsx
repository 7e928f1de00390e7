/** Shows a command to copy. */

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { visibleText } from "@/lib/text/visible";

/** Copies the visible text, because a terminal would obey control characters in a path. */
export function CommandLine({ text: given }: Readonly<{ text: string }>) {
  const text = visibleText(given);
  const t = useTranslations("done");
  return (
    <div className="mt-1 mb-3 flex items-start justify-between gap-3 rounded-lg border border-line bg-surface px-4 py-2">
      <pre dir="ltr" className="min-w-0 py-0.5 whitespace-pre-wrap">
        <code>{text}</code>
      </pre>
      <CopyButton text={text} label={t("copy")} copied={t("copied")} />
    </div>
  );
}
