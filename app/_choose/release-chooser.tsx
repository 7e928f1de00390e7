/** Chooses the release to plan for while no OpenClaw is installed. */

import { getTranslations } from "next-intl/server";
import { NEWEST_RELEASE, targetsWith } from "@/lib/setup/machine/target-release";

export interface ReleaseChooserProps {
  readonly chosen: string | null;
  readonly writer: string | null;
  readonly form: string;
}

export async function ReleaseChooser({ chosen, writer, form }: ReleaseChooserProps) {
  const t = await getTranslations("choose.target");
  const named = (release: string) =>
    release === writer
      ? t("writer", { release })
      : release === NEWEST_RELEASE
        ? t("newest", { release })
        : release;
  return (
    <label className="flex min-w-0 flex-wrap items-center gap-x-3">
      {t("label")}
      <select
        name="target"
        form={form}
        defaultValue={chosen ?? writer ?? NEWEST_RELEASE}
        className="min-h-11 min-w-0 rounded-lg border border-quiet bg-surface px-4"
      >
        {targetsWith(writer).map((release) => (
          <option key={release} value={release}>
            {named(release)}
          </option>
        ))}
      </select>
    </label>
  );
}
