/** Where no OpenClaw is installed: which release the files are made for. */

import { getTranslations } from "next-intl/server";
import { NEWEST_RELEASE, TARGET_RELEASES } from "@/lib/setup/machine/target-release";

export async function TargetRelease({ chosen }: Readonly<{ chosen: string | null }>) {
  const t = await getTranslations("choose");
  return (
    <details className="mt-6" open={chosen !== null && chosen !== NEWEST_RELEASE}>
      <summary className="py-2 font-semibold">{t("target.title")}</summary>
      <label htmlFor="target" className="block text-base">
        {t("target.label")}
      </label>
      <select
        id="target"
        name="target"
        defaultValue={chosen ?? NEWEST_RELEASE}
        aria-describedby="target-about"
        className="mt-1 min-h-11 rounded-lg border border-quiet bg-surface px-4"
      >
        {TARGET_RELEASES.map((release) => (
          <option key={release} value={release}>
            {release === NEWEST_RELEASE ? t("target.newest", { release }) : release}
          </option>
        ))}
      </select>
      <p id="target-about" className="mt-1 text-base text-quiet">
        {t("target.about")}
      </p>
    </details>
  );
}
