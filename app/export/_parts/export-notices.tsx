/** Explains an export: variables, a replaced model, omitted settings and sign-in. */

import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";
import type { Export } from "@/lib/setup/export/types";
import { visible } from "@/lib/text/visible";

export async function ExportNotices({ made, chosen }: Readonly<{ made: Export; chosen: string }>) {
  const t = await getTranslations("export");
  const { release, model, insteadOf, signIn, variables } = made;
  const leftOut = [...new Set(made.leftOut.map(({ path }) => path))];
  return (
    <>
      {insteadOf !== null && (
        <Notice
          tone="warn"
          title={t("insteadOf", { release, from: visible(chosen), model: visible(model) })}
        />
      )}
      {signIn !== null && (
        <Notice tone="info" title={t("signIn")}>
          <p>{t("readme.signInWhy")}</p>
          <p dir="ltr" className="mt-1 font-mono text-base wrap-anywhere">
            {`openclaw ${signIn.join(" ")}`}
          </p>
        </Notice>
      )}
      {leftOut.length > 0 && (
        <Notice tone="warn" title={t("leftOut")}>
          <Names names={leftOut} />
        </Notice>
      )}
      <p className="mt-4 font-semibold">{t("variables")}</p>
      <Names names={variables} />
    </>
  );
}

function Names({ names }: Readonly<{ names: readonly string[] }>) {
  return (
    <ul dir="ltr" className="mt-1 list-disc ps-5 text-start font-mono text-base">
      {names.map((name) => (
        <li key={name} className="wrap-anywhere">
          {visible(name)}
        </li>
      ))}
    </ul>
  );
}
