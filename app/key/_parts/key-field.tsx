/** A concealed field for a key that browsers do not store and that shows only a mask. */

import { useTranslations } from "next-intl";
import { ConcealedField } from "@/components/ui/concealed-field";

export interface KeyFieldProps {
  readonly masked: string | null;
  readonly errorId: string | null;
}

export function KeyField({ masked, errorId }: KeyFieldProps) {
  const t = useTranslations("key");
  return (
    <ConcealedField
      id="key"
      label={t("label")}
      show={t("show")}
      help={masked ? t("keepHelp") : t("help")}
      placeholder={masked ?? "sk-…"}
      errorId={errorId}
      autoFocus={masked === null}
    />
  );
}
