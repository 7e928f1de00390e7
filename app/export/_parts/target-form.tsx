/** Chooses an engine and its release. */

import { getTranslations } from "next-intl/server";
import { Choice } from "@/app/review/_parts/choice";
import { Button } from "@/components/ui/button";
import { ENGINE_NAMES, ENGINES } from "@/lib/openclaw/deployments/shapes";
import type { ExportTarget } from "@/lib/setup/export/export-setup";
import { NEWEST_RELEASE, TARGET_RELEASES } from "@/lib/setup/machine/target-release";

/** Uses a GET form, so that back and reload work. */
export async function TargetForm({ target }: Readonly<{ target: ExportTarget }>) {
  const [t, choose] = [await getTranslations("export"), await getTranslations("choose")];
  return (
    <form action="/export" method="get">
      <fieldset>
        <legend className="font-semibold">{t("engine")}</legend>
        <div className="sm:grid sm:grid-cols-2 sm:gap-x-8">
          {ENGINES.map((engine) => (
            <Choice
              key={engine}
              type="radio"
              name="engine"
              value={engine}
              chosen={engine === target.engine}
              title={ENGINE_NAMES[engine]}
              about={t(`about.${engine}`)}
            />
          ))}
        </div>
      </fieldset>
      <div className="mt-6 flex flex-wrap items-end gap-4">
        <label className="block">
          <span className="block font-semibold">{t("release")}</span>
          <select
            name="release"
            defaultValue={target.release}
            className="mt-1 min-h-11 rounded-lg border border-quiet bg-surface px-4"
          >
            {TARGET_RELEASES.map((release) => (
              <option key={release} value={release}>
                {release === NEWEST_RELEASE ? choose("target.newest", { release }) : release}
              </option>
            ))}
          </select>
        </label>
        <Button kind="quiet">{t("show")}</Button>
      </div>
    </form>
  );
}
