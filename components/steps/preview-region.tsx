/** Exactly what will be written: a diff for every file, the whole config, the equal commands. All masked. */

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import type { FilePreview, Preview, PreviewLine } from "@/lib/setup/preview";
import type { Plan } from "@/lib/setup/types";

const SIGNS = { same: " ", added: "+", removed: "−" };
const GROUNDS = { same: "", added: "bg-added font-semibold", removed: "bg-removed" };

export function PreviewRegion({ plan, preview }: Readonly<{ plan: Plan; preview: Preview }>) {
  const t = useTranslations("preview");
  const commands = plan.commands.join("\n");
  return (
    <section aria-labelledby="preview" className="space-y-6">
      <h2 id="preview" className="text-xl font-semibold">
        {t("title")}
      </h2>
      {preview.files.map((file) => (
        <FileDiff key={file.path} file={file} />
      ))}
      <p className="text-base text-quiet">{t("masked")}</p>
      <details open={preview.files.length === 0}>
        <summary className="font-semibold">{t("resulting")}</summary>
        <div className="mt-2 flex justify-end">
          <CopyButton text={preview.config} label={t("copy")} copied={t("copied")} />
        </div>
        <pre className="mt-2 rounded-lg border border-line bg-surface p-4 whitespace-pre-wrap">
          <code>{preview.config}</code>
        </pre>
      </details>
      <details>
        <summary className="font-semibold">{t("commands")}</summary>
        <div className="mt-2 flex justify-end">
          <CopyButton text={commands} label={t("copy")} copied={t("copied")} />
        </div>
        <pre className="mt-2 rounded-lg border border-line bg-surface p-4 whitespace-pre-wrap">
          <code>{commands}</code>
        </pre>
      </details>
    </section>
  );
}

function FileDiff({ file }: Readonly<{ file: FilePreview }>) {
  const t = useTranslations("preview");
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-surface">
      <figcaption className="flex flex-wrap justify-between gap-x-4 border-b border-line px-4 py-2 text-base">
        <code className="font-semibold">{file.path}</code>
        <span className="text-quiet">
          {file.created && <>{t("created")}, </>}
          {t("mode", { mode: file.mode })}
        </span>
      </figcaption>
      <table className="w-full border-collapse font-mono text-sm">
        <tbody>
          {file.lines.map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one render never move
            <DiffLine key={index} line={line} />
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function DiffLine({ line }: Readonly<{ line: PreviewLine }>) {
  const t = useTranslations("preview");
  if (line.kind === "fold") {
    return (
      <tr>
        <td colSpan={3} className="px-4 py-1 text-quiet">
          ⋯ {t("folded", { count: line.count })}
        </td>
      </tr>
    );
  }
  return (
    <tr className={GROUNDS[line.kind]}>
      <td className="w-10 pr-2 text-right align-top text-quiet select-none">
        {line.after ?? line.before}
      </td>
      <td className="w-6 text-center align-top select-none">
        <span aria-hidden="true">{SIGNS[line.kind]}</span>
        {line.kind !== "same" && <span className="sr-only">{t(line.kind)}</span>}
      </td>
      <td className="pr-4 wrap-anywhere whitespace-pre-wrap">{line.text}</td>
    </tr>
  );
}
