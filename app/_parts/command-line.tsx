/** A command to take along. */

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { visibleText } from "@/lib/text/visible";

/** Copied is what is seen: a control character in a path would be obeyed by the terminal it is pasted into. */
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
