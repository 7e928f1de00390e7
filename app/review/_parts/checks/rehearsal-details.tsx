/** Shows where another credential is, and which of the plan's repairs would help. */

import { getFormatter, getTranslations } from "next-intl/server";
import { takeRepair } from "@/app/review/actions";
import { Button } from "@/components/ui/button";
import type { Plan } from "@/lib/setup/types";
import type { Origin } from "@/lib/setup/verify/rehearsal/stand-ins";
import { type Rehearsal, repairsFor } from "@/lib/setup/verify/rehearsal/verdict";
import { visible } from "@/lib/text/visible";

interface OriginsProps {
  readonly origins: readonly Origin[];
  readonly shown: (path: string) => string;
}

export async function Origins({ origins, shown }: OriginsProps) {
  const t = await getTranslations("rehearsal.origin");
  const words = origins.map((origin) => {
    if (origin.kind === "config") return t("config", { path: visible(origin.path) });
    if (origin.kind === "chosen") return t("unknown");
    const file = origin.file === null ? "" : shown(origin.file);
    if (origin.kind === "profile") return t("profile", { id: visible(origin.id), file });
    return file === ""
      ? t("variable", { name: visible(origin.name) })
      : t("dotenv", { name: visible(origin.name), file });
  });
  return (
    <ul className="my-2 list-disc ps-5 wrap-anywhere">
      {[...new Set(words.length > 0 ? words : [t("unknown")])].map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  );
}

export async function Repairs({
  saw,
  plan,
  named,
}: Readonly<{ saw: Rehearsal; plan: Plan; named: (text: string) => string }>) {
  const [t, words] = [await getTranslations("rehearsal"), await getTranslations("repair")];
  const format = await getFormatter();
  const repairs = repairsFor(saw, plan);
  if (repairs.length === 0) return null;
  const inWords = (data: (typeof repairs)[number]["data"]) =>
    Object.fromEntries(
      Object.entries(data).map(([name, value]) => [
        name,
        typeof value === "string" ? named(value) : format.list(value.map(named)),
      ]),
    );
  return (
    <>
      <p className="mt-2">{t("mend")}</p>
      {repairs.map(({ id, kind, data }) => (
        <form key={id} action={takeRepair} className="mt-2 flex flex-wrap items-center gap-3">
          <input type="hidden" name="id" value={id} />
          <span className="min-w-0 grow basis-60 wrap-anywhere">
            {words(`${kind}.what`, inWords(data))}
          </span>
          <Button kind="quiet">{t("mendButton")}</Button>
        </form>
      ))}
    </>
  );
}
