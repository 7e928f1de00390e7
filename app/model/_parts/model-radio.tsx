/** One model to choose. */

import { useTranslations } from "next-intl";
import type { ModelChoice } from "@/lib/setup/model-choices";

export function ModelRadio({ choice, chosen }: Readonly<{ choice: ModelChoice; chosen: boolean }>) {
  const t = useTranslations("model");
  return (
    <label
      data-model={choice.ref}
      className="mb-2 flex min-h-12 cursor-pointer items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2 has-checked:border-accent has-checked:ring-1 has-checked:ring-accent"
    >
      <input
        type="radio"
        name="model"
        value={choice.ref}
        defaultChecked={chosen}
        className="accent-accent"
      />
      <span className="min-w-0">
        <code>{choice.ref}</code>
        {/* The space is for the accessible name, which would run on into the next word. */}{" "}
        {choice.recommended && (
          <span className="ms-2 text-sm font-semibold text-accent">{t("recommended")}</span>
        )}
        {!choice.tried && (
          <span className="block text-sm text-quiet sm:ms-2 sm:inline">{t("untried")}</span>
        )}
      </span>
    </label>
  );
}
