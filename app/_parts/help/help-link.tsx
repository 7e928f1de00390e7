/** Links to OpenAI's page where the user can continue, in a new tab. */

import { useTranslations } from "next-intl";
import { OutsideLink } from "@/components/ui/text-link";
import { OPENAI_PAGES } from "@/lib/openai/pages";

export interface HelpLinkProps {
  readonly to: keyof typeof OPENAI_PAGES | undefined;
}

export function HelpLink({ to }: HelpLinkProps) {
  const t = useTranslations("helpLink");
  if (to === undefined) return null;
  return (
    <p className="mt-1">
      <OutsideLink href={OPENAI_PAGES[to]}>
        {t(to)}&nbsp;<span aria-hidden="true">↗</span>
        <span className="sr-only"> {t("tab")}</span>
      </OutsideLink>
    </p>
  );
}
