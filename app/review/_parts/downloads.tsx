/** Takes the plan's files, its answers and the set-up elsewhere. */

import { basename } from "node:path";
import { getTranslations } from "next-intl/server";
import { ExportLink } from "@/app/export/_parts/export-link";
import { ButtonLink } from "@/components/ui/button";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Plan } from "@/lib/setup/types";

export interface DownloadsProps extends Pick<MachineView, "shown"> {
  readonly plan: Plan;
  readonly isPhone: boolean;
}

export async function Downloads({ plan, shown, isPhone }: DownloadsProps) {
  const t = await getTranslations("review");
  const included = plan.files.filter(({ role }) => role === "included");
  return (
    <>
      <p className="mt-6 flex flex-wrap gap-4">
        <ButtonLink kind="quiet" href="/download/openclaw.json" download="openclaw.json">
          {t("download")}
        </ButtonLink>
        {!isPhone && (
          <>
            <ButtonLink kind="quiet" href="/download/answers.json" download="answers.json">
              {t("downloadAnswers")}
            </ButtonLink>
            <ExportLink />
          </>
        )}
      </p>
      {included.length > 0 && (
        <div className="mt-6 text-base">
          <p>{t("severalFiles", { count: included.length })}</p>
          <ul className="mt-1 list-disc ps-5">
            {included.map(({ path }, index) => (
              <li key={path} className="wrap-anywhere">
                <a
                  href={`/download/included-${index + 1}`}
                  download={basename(path)}
                  className="underline underline-offset-4"
                >
                  {t("downloadIncluded", { path: shown(path) })}
                </a>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
