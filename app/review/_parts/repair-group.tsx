/** Folds many changes of one kind into one line: all, none, or chosen one by one. */

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { Repair, RepairKind } from "@/lib/setup/types";

/** Larger groups are folded. */
const MOST_APART = 5;

const GROUPS: Partial<Record<RepairKind, "older" | "models" | "stores">> = {
  "retired-key": "older",
  "moved-key": "older",
  "rewritten-key": "older",
  "retired-value": "older",
  "agent-marker": "older",
  "doctor-removed": "older",
  "doctor-moved": "older",
  "doctor-set": "older",
  "retired-model": "models",
  "repeated-model": "models",
  "repeated-alias": "models",
  "shut-down-model": "models",
  "shut-down-replaced": "models",
  "agent-model": "models",
  "default-agent-model": "models",
  "other-model": "models",
  "agent-key": "stores",
  "agent-login": "stores",
};

interface Group {
  readonly name: NonNullable<(typeof GROUPS)[RepairKind]>;
  readonly repairs: readonly Repair[];
}

export function grouped(repairs: readonly Repair[]): { usual: Repair[]; groups: Group[] } {
  const groups = (["older", "models", "stores"] as const)
    .map((name) => ({ name, repairs: repairs.filter(({ kind }) => GROUPS[kind] === name) }))
    .filter((group) => group.repairs.length > MOST_APART);
  const apart = new Set(groups.flatMap((group) => group.repairs));
  return { usual: repairs.filter((entry) => !apart.has(entry)), groups };
}

export interface RepairGroupProps extends Group {
  readonly line: (repair: Repair) => ReactNode;
}

export function RepairGroup({ name, repairs, line }: RepairGroupProps) {
  const t = useTranslations("review.group");
  const possible = repairs.filter(({ blocked }) => blocked === null);
  const made = possible.filter(({ accepted }) => accepted);
  // Stays open once chosen one by one, and not for what is proposed that way.
  const isPart = made.length > 0 && made.length < possible.length;
  const isChosen = isPart && possible.some(({ accepted, onRequest }) => accepted === onRequest);
  const kinds = [...new Set(repairs.map(({ kind }) => kind))].join(",");
  return (
    <div className="mt-4 rounded-lg border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-3">
        <p className="min-w-0 grow basis-60">
          {t(name, { count: repairs.length })}
          <span className="block text-base text-quiet">
            {t("made", { made: made.length, count: possible.length })}
          </span>
        </p>
        <div className="flex gap-3 max-sm:w-full">
          <Button kind="quiet" name="all" value={kinds} disabled={made.length === possible.length}>
            {t("all")}
          </Button>
          <Button kind="quiet" name="none" value={kinds} disabled={made.length === 0}>
            {t("none")}
          </Button>
        </div>
      </div>
      <details className="mt-2" open={isChosen}>
        <summary>{t("choose")}</summary>
        <div className="ps-5">{repairs.map(line)}</div>
      </details>
    </div>
  );
}
