/** Offers to install a missing OpenClaw or Node before the choice. */

import { getFormatter, getTranslations } from "next-intl/server";
import { FoundRow } from "@/app/_choose/found-row";
import { ReleaseChooser } from "@/app/_choose/release-chooser";
import { CommandLine } from "@/app/_parts/command-line";
import { nodeRangeWords } from "@/app/_parts/node-range-words";
import { Button } from "@/components/ui/button";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { NEWEST_RELEASE } from "@/lib/setup/machine/target-release";
import { shellCommand } from "@/lib/system/shell-words";
import type { Missing } from "@/lib/visit/install";
import type { Visit } from "@/lib/visit/visit";

export interface StepZeroProps {
  readonly visit: Visit;
  readonly machine: MachineView;
  readonly plan: Missing;
  /** The id of the choice's form, which shares the release chooser. */
  readonly form: string;
}

export async function stepZeroTitle({ installed, node }: MachineView): Promise<string> {
  const t = await getTranslations("install");
  if (!installed) return t("title");
  return t(node?.state === "none-fits" ? "titleNode" : "titleUpdate");
}

export async function StepZero({ visit, machine, plan, form }: StepZeroProps) {
  const [t, found] = [await getTranslations("install"), await getTranslations("found")];
  const { installed, node, shown, others, writer } = machine;
  const isUpdate = installed !== null && node?.state !== "none-fits";
  return (
    <>
      {/* Enter presses a form's first button, which must not start the installation. */}
      <button type="submit" form={form} hidden />
      <ol className="mt-1 space-y-2">
        <NodeRow machine={machine} plan={plan} />
        {installed && (
          <FoundRow tone="good">
            {found(others.length > 0 ? "usedHere" : "installed", {
              version: installed.version,
              where: shown(installed.packageDir ?? installed.command.path),
            })}
          </FoundRow>
        )}
      </ol>
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2">
        {!installed && <ReleaseChooser chosen={visit.target} writer={writer} form={form} />}
        {!("kind" in plan) && (
          <Button kind="quiet" form={form} name="install" value="yes">
            {t(isUpdate ? "buttonUpdate" : installed ? "buttonNode" : "button")}
          </Button>
        )}
      </div>
      {"kind" in plan ? <p className="mt-2">{t(plan.kind)}</p> : <What plan={plan} shown={shown} />}
      {"kind" in plan && plan.kind === "elsewhere" && (
        <CommandLine text={`npm install --global openclaw@${NEWEST_RELEASE}`} />
      )}
      {isUpdate && !("kind" in plan) && (
        <p className="mt-1 mb-2 text-sm text-quiet">{t("aboutUpdate")}</p>
      )}
      {!installed && <p className="mt-1 mb-2 text-sm text-quiet">{t("later")}</p>}
    </>
  );
}

async function NodeRow({ machine, plan }: Pick<StepZeroProps, "machine" | "plan">) {
  const [t, found] = [await getTranslations("install"), await getTranslations("found")];
  const [inWords, format] = [await nodeRangeWords(), await getFormatter()];
  const { node, snapshot } = machine;
  const needed = inWords(node?.state === "none-fits" ? node.needed : snapshot.era.node);
  const isThere = !("kind" in plan) && !plan.bringsNode && plan.usualNode !== null;
  if (isThere) {
    return (
      <FoundRow tone="good">{found("nodeFits", { version: plan.usualNode, needed })}</FoundRow>
    );
  }
  const others = node?.state === "none-fits" ? node.found.map(({ version }) => version) : [];
  const versions = [...new Set([...others, plan.usualNode].filter((one) => one !== null))];
  const names = { needed, found: format.list(versions) || "–" };
  const comes = !("kind" in plan) && !machine.installed;
  return (
    <FoundRow tone="warn">
      {t("node", names)}
      {comes && ` ${t("nodeComes")}`}
    </FoundRow>
  );
}

/** The target folder in one line, and every command in a fold. */
async function What({
  plan,
  shown,
}: Readonly<{ plan: Extract<Missing, { runs: unknown }>; shown: MachineView["shown"] }>) {
  const t = await getTranslations("install");
  return (
    <details className="mt-2 text-sm">
      <summary className="text-quiet wrap-anywhere">
        {plan.folder === null ? t("global") : t("private", { folder: shown(plan.folder) })}
      </summary>
      <p className="mt-2">{t("runs")}</p>
      <CommandLine text={plan.runs.map((args) => shellCommand(["npm", ...args])).join("\n")} />
      {plan.bringsNode && <p className="text-base text-quiet">{t("about")}</p>}
    </details>
  );
}
