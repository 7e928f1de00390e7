/** Shows a file's changes line by line, with changed words marked by more than colour. */

import { useTranslations } from "next-intl";
import type { Setting } from "@/lib/setup/review/meaning";
import type { FilePreview, PreviewLine } from "@/lib/setup/review/preview";
import type { Part } from "@/lib/setup/review/word-diff";

const SIGNS = { same: " ", added: "+", removed: "−" };
const GROUNDS = { same: "", added: "bg-added", removed: "bg-removed" };
const LOOKS = {
  plain: "",
  key: "text-code-key",
  text: "text-code-text",
  value: "text-code-value",
  note: "text-quiet italic",
};

export function FileDiff({ file }: Readonly<{ file: FilePreview }>) {
  const t = useTranslations("preview");
  return (
    <figure className="overflow-hidden rounded-lg border border-line bg-surface">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line px-4 py-2 text-sm">
        <code className="font-semibold">{file.path}</code>
        <span className="text-quiet">
          {file.created && <>{t("created")}, </>}
          {t("mode", { mode: file.mode })}
        </span>
      </figcaption>
      {file.settings === null ? (
        <Lines file={file} />
      ) : (
        <>
          <Settings settings={file.settings} />
          <details className="border-t border-line">
            <summary className="px-4 py-2 text-sm">
              {t("everyLine", { count: file.lines.length })}
            </summary>
            <Lines file={file} />
          </details>
        </>
      )}
    </figure>
  );
}

function Settings({ settings }: Readonly<{ settings: readonly Setting[] }>) {
  return (
    <dl dir="ltr" className="space-y-1 px-4 py-3 font-mono text-sm">
      {settings.map(({ place, value }) => (
        <div key={place} className="flex flex-wrap gap-x-3">
          <dt className="text-code-key wrap-anywhere">{place}</dt>
          <dd className="min-w-0 text-code-text wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Lines({ file }: Readonly<{ file: FilePreview }>) {
  return (
    // Code is written left to right in every language.
    <table dir="ltr" className="my-1 w-full border-collapse font-mono text-sm leading-6">
      <tbody>
        {file.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one render never move
          <DiffLine key={index} line={line} />
        ))}
      </tbody>
    </table>
  );
}

const NUMBER = "w-px min-w-8 ps-2 text-end align-top text-quiet tabular-nums select-none";

function DiffLine({ line }: Readonly<{ line: PreviewLine }>) {
  const t = useTranslations("preview");
  if (line.kind === "fold") {
    return (
      <tr className="text-quiet">
        <td colSpan={4} dir="auto" className="px-4 py-1 font-sans">
          <span aria-hidden="true">⋯ </span>
          {t("folded", { count: line.count })}
        </td>
      </tr>
    );
  }
  return (
    <tr className={GROUNDS[line.kind]}>
      {/* Phones show a single line number. */}
      <td className={`${NUMBER} sm:hidden`}>{line.after ?? line.before}</td>
      <td className={`${NUMBER} hidden sm:table-cell`}>{line.before}</td>
      <td className={`${NUMBER} hidden sm:table-cell`}>{line.after}</td>
      <td className="w-7 text-center align-top font-semibold select-none">
        <span aria-hidden="true">{SIGNS[line.kind]}</span>
        {line.kind !== "same" && <span className="sr-only">{t(line.kind)}</span>}
      </td>
      <td className="pe-4 wrap-anywhere whitespace-pre-wrap">
        {line.parts.map((part, index) =>
          "gap" in part ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: the words of one render never move
            <span key={index} className="px-1 font-sans text-quiet select-none">
              <bdi>{t("gap", { count: part.gap })}</bdi>
            </span>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the words of one render never move
            <Word key={index} part={part} kind={line.kind} />
          ),
        )}
      </td>
    </tr>
  );
}

function Word({ part, kind }: Readonly<{ part: Part; kind: keyof typeof SIGNS }>) {
  const look = LOOKS[part.look];
  if (part.changed && kind === "added") {
    return (
      <ins className={`bg-added-word font-bold underline underline-offset-4 ${look}`}>
        {part.text}
      </ins>
    );
  }
  if (part.changed && kind === "removed") {
    return <del className={`bg-removed-word font-bold line-through ${look}`}>{part.text}</del>;
  }
  return look === "" ? part.text : <span className={look}>{part.text}</span>;
}
