/** Where no OpenClaw is installed: which release the files are made for. */

import { getTranslations } from "next-intl/server";
import { NEWEST_RELEASE, targetsWith } from "@/lib/setup/machine/target-release";

export interface TargetReleaseProps {
  readonly chosen: string | null;
  /** The release that wrote the config; null: nothing tells. */
  readonly writer: string | null;
}

export async function TargetRelease({ chosen, writer }: TargetReleaseProps) {
  const t = await getTranslations("choose");
  const usual = writer ?? NEWEST_RELEASE;
  const named = (release: string) =>
    release === writer
      ? t("target.writer", { release })
      : release === NEWEST_RELEASE
        ? t("target.newest", { release })
        : release;
  return (
    <details className="mt-6" open={(chosen ?? usual) !== NEWEST_RELEASE}>
      <summary className="py-2 font-semibold">{t("target.title")}</summary>
      <label htmlFor="target" className="block text-base">
        {t("target.label")}
      </label>
      <select
        id="target"
        name="target"
        defaultValue={chosen ?? usual}
        aria-describedby="target-about"
        className="mt-1 min-h-11 rounded-lg border border-quiet bg-surface px-4"
      >
        {targetsWith(writer).map((release) => (
          <option key={release} value={release}>
            {named(release)}
          </option>
        ))}
      </select>
      <p id="target-about" className="mt-1 text-base text-quiet">
        {t("target.about")}
      </p>
    </details>
  );
}
