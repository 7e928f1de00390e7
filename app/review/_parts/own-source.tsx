/** Shows config changes that are not written here, as a patch and as source lines. */

import { useTranslations } from "next-intl";
import { FileDiff } from "@/app/review/_parts/file-diff";
import { WholeText } from "@/app/review/_parts/preview-region";
import type { OwnSource } from "@/lib/setup/export/own-source";
import type { Preview } from "@/lib/setup/review/preview";
import { visible } from "@/lib/text/visible";

interface OwnSourceProps {
  readonly source: OwnSource;
  readonly preview: Preview;
  readonly isNix: boolean;
}

export function OwnSourceRegion({ source, preview, isNix }: OwnSourceProps) {
  const t = useTranslations("immutable");
  const lines = [
    { title: t("json"), text: source.json, isOpen: !isNix },
    { title: t("nix"), text: source.nix, isOpen: isNix },
  ];
  return (
    <section aria-labelledby="own-source" className="mt-6 space-y-6">
      <h2 id="own-source" className="text-lg font-semibold">
        {t("yours")}
      </h2>
      <p>{t("yoursNext")}</p>
      {preview.unwritten.map((file) => (
        <FileDiff key={file.path} file={file} />
      ))}
      <p>
        <a
          href="/download/openclaw.patch"
          download="openclaw.patch"
          className="underline underline-offset-4"
        >
          {t("patch")}
        </a>
      </p>
      {lines.map(({ title, text, isOpen }) => (
        <WholeText key={title} title={title} text={text} open={isOpen} />
      ))}
      {source.removed.length > 0 && (
        <div>
          <p>{t("removed")}</p>
          <ul dir="ltr" className="mt-1 list-disc ps-5 font-mono text-sm wrap-anywhere">
            {source.removed.map((place) => (
              <li key={place}>{visible(place)}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
