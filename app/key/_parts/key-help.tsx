/** Explains step by step where a key comes from, with a drawing of OpenAI's page. */

import { useTranslations } from "next-intl";
import { KeysPageDrawing } from "@/app/key/_parts/keys-page-drawing";
import { OutsideLink } from "@/components/ui/text-link";
import { OPENAI_PAGES } from "@/lib/openai/pages";

const STEPS = ["open", "create", "copy", "credit"] as const;

export function KeyHelp() {
  const t = useTranslations("keyHelp");
  return (
    <details className="mt-8">
      <summary className="py-2 font-semibold">{t("title")}</summary>
      <div className="mt-2 grid gap-6 sm:grid-cols-[1fr_16rem]">
        <ol className="list-decimal space-y-2 ps-6 text-base">
          {STEPS.map((step) => (
            <li key={step}>
              {t.rich(step, {
                keys: (words) => <OutsideLink href={OPENAI_PAGES.keys}>{words}</OutsideLink>,
                billing: (words) => <OutsideLink href={OPENAI_PAGES.billing}>{words}</OutsideLink>,
                usage: (words) => <OutsideLink href={OPENAI_PAGES.usage}>{words}</OutsideLink>,
              })}
            </li>
          ))}
        </ol>
        <KeysPageDrawing label={t("drawing")} />
      </div>
      <p className="mt-4 text-base text-quiet">
        {t.rich("looks", { code: (words) => <code>{words}</code> })}
      </p>
    </details>
  );
}
