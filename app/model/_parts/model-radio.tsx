/** A model to choose: its name, the reason for the proposal, its price and successor. */

import { useFormatter, useTranslations } from "next-intl";
import { modelFacts } from "@/lib/setup/model-facts";
import type { ModelChoice } from "@/lib/setup/model-proposals";

export function ModelRadio({ choice, chosen }: Readonly<{ choice: ModelChoice; chosen: boolean }>) {
  const t = useTranslations("model");
  const format = useFormatter();
  const { ref, label } = choice;
  const usd = (amount: number) =>
    format.number(amount, { style: "currency", currency: "USD", maximumFractionDigits: 3 });
  const facts = modelFacts(choice, t, usd);
  return (
    <label
      data-model={`${ref} ${label ?? ""}`.toLowerCase()}
      className="mb-2 flex min-h-12 cursor-pointer items-center gap-3 rounded-lg border border-line bg-surface px-4 py-2 has-checked:border-accent has-checked:ring-1 has-checked:ring-accent"
    >
      <input
        type="radio"
        name="model"
        value={ref}
        defaultChecked={chosen}
        className="size-5 shrink-0 accent-accent"
      />
      <span className="min-w-0">
        {label !== null && <span className="font-semibold">{label} </span>}
        <code className="wrap-anywhere">{ref}</code>
        {/* The space is for the accessible name, which would run on into the next word. */}{" "}
        {choice.recommended && (
          <span className="ms-2 text-sm font-semibold text-accent">{t("recommended")}</span>
        )}
        {facts.map((fact) => (
          <span key={fact} className="block text-sm text-quiet">
            {fact}
          </span>
        ))}
      </span>
    </label>
  );
}
