/** A concealed field for a key that browsers do not store and that shows only a mask. */

import { useTranslations } from "next-intl";
import { RevealButton } from "@/components/ui/reveal-button";
import { TextField } from "@/components/ui/text-field";

export interface KeyFieldProps {
  readonly masked: string | null;
  readonly errorId: string | null;
}

export function KeyField({ masked, errorId }: KeyFieldProps) {
  const t = useTranslations("key");
  return (
    <>
      <label htmlFor="key" className="block font-semibold">
        {t("label")}
      </label>
      <div className="mt-2 flex flex-wrap items-stretch gap-3">
        <div className="min-w-0 grow basis-60 *:mt-0">
          <TextField
            id="key"
            name="key"
            placeholder={masked ?? "sk-…"}
            errorId={errorId}
            helpId="key-help"
            autoFocus={masked === null}
            className="concealed placeholder:[-webkit-text-security:none]"
          />
        </div>
        <RevealButton field="key" label={t("show")} />
      </div>
      <p id="key-help" className="mt-2 text-base text-quiet">
        {masked ? t("keepHelp") : t("help")}
      </p>
    </>
  );
}
