/** The field for a key: concealed, kept by no browser, showing only the mask of one given before. */

import { useTranslations } from "next-intl";

export interface KeyFieldProps {
  /** Of the key that was given already, or null. */
  readonly masked: string | null;
  /** The id of the element that says why the last one was refused, or null. */
  readonly errorId: string | null;
}

export function KeyField({ masked, errorId }: KeyFieldProps) {
  const t = useTranslations("key");
  return (
    <>
      <label htmlFor="key" className="block font-semibold">
        {t("label")}
      </label>
      <input
        id="key"
        name="key"
        type="text"
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        data-1p-ignore=""
        data-lpignore="true"
        placeholder={masked ?? "sk-…"}
        aria-describedby={errorId ? `${errorId} key-help` : "key-help"}
        aria-invalid={errorId ? true : undefined}
        className="concealed mt-2 block min-h-12 w-full rounded-lg border border-quiet bg-surface px-4 font-mono placeholder:[-webkit-text-security:none]"
      />
      <p id="key-help" className="mt-2 text-base text-quiet">
        {masked ? t("keepHelp") : t("help")}
      </p>
    </>
  );
}
