/** Shows exactly what is written, masked: diffs, the config and equivalent commands. */

import { useTranslations } from "next-intl";
import { FileDiff } from "@/app/review/_parts/file-diff";
import { CopyButton } from "@/components/ui/copy-button";
import type { Preview } from "@/lib/setup/review/preview";
import type { Plan } from "@/lib/setup/types";

export function PreviewRegion({ plan, preview }: Readonly<{ plan: Plan; preview: Preview }>) {
  const t = useTranslations("preview");
  const commands = plan.commands.join("\n");
  return (
    <section aria-labelledby="preview" className="space-y-6">
      <h2 id="preview" className="text-lg font-semibold">
        {t("title")}
      </h2>
      {preview.files.map((file) => (
        <FileDiff key={file.path} file={file} />
      ))}
      <p className="text-base text-quiet">{t("masked")}</p>
      {!preview.files.some(({ role, settings }) => role === "config" && settings !== null) && (
        <WholeText title={t("resulting")} text={preview.config} open={preview.files.length === 0} />
      )}
      {preview.included.map(({ path, text }) => (
        <WholeText key={path} title={t("resultingIncluded", { path })} text={text} />
      ))}
      {plan.snapshot.configLink !== null && (
        <p className="text-base text-quiet wrap-anywhere">
          {t("linked", { target: plan.snapshot.configLink })}
        </p>
      )}
      <WholeText title={t("commands")} text={commands} />
    </section>
  );
}

interface WholeTextProps {
  readonly title: string;
  readonly text: string;
  readonly open?: boolean;
}

export function WholeText({ title, text, open = false }: WholeTextProps) {
  const t = useTranslations("preview");
  return (
    <details open={open}>
      <summary className="font-semibold wrap-anywhere">{title}</summary>
      <div className="mt-2 flex justify-end">
        <CopyButton text={text} label={t("copy")} copied={t("copied")} />
      </div>
      <pre
        dir="ltr"
        className="mt-2 rounded-lg border border-line bg-surface p-4 whitespace-pre-wrap"
      >
        <code>{text}</code>
      </pre>
    </details>
  );
}
