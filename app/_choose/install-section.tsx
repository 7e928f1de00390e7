/** Step zero where OpenClaw or its Node is missing: what would be installed, on a click, and taken away again. */

import { getTranslations } from "next-intl/server";
import { installOpenClaw, removeInstalled, stopInstall } from "@/app/_choose/actions";
import { CommandLine } from "@/app/_parts/command-line";
import { FailureSentence } from "@/app/_parts/failure-sentence";
import { Button } from "@/components/ui/button";
import { Details, Notice } from "@/components/ui/notice";
import { Waiting } from "@/components/ui/waiting";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { NEWEST_RELEASE, targetsWith } from "@/lib/setup/machine/target-release";
import { shellCommand } from "@/lib/system/shell-words";
import { installOf } from "@/lib/visit/install";
import type { Installing } from "@/lib/visit/outcome";
import type { Visit } from "@/lib/visit/visit";

export interface InstallSectionProps {
  readonly visit: Visit;
  readonly machine: MachineView;
}

export async function InstallSection({ visit, machine }: InstallSectionProps) {
  const { installing } = visit;
  if (installing?.job.result === null) return <Running installing={installing} />;
  const result = installing?.job.result.kind === "done" ? installing.job.result.value : null;
  if (installing && result?.ok) return <Installed installing={installing} machine={machine} />;
  const plan = await installOf(visit, machine);
  if (plan === null) return null;
  const [t, done] = [await getTranslations("install"), await getTranslations("done")];
  const common = await getTranslations("app");
  if ("kind" in plan) {
    return (
      <Notice tone="warn" title={t("title")}>
        <p>{t(plan.kind)}</p>
      </Notice>
    );
  }
  return (
    <section
      aria-labelledby="install"
      className="mb-8 rounded-xl border border-line bg-surface p-5"
    >
      <h2 id="install" className="text-lg font-semibold">
        {t(machine.installed ? "titleNode" : "title")}
      </h2>
      <p className="mt-2">
        {plan.folder === null ? t("global") : t("private", { folder: machine.shown(plan.folder) })}
      </p>
      <CommandLine text={plan.runs.map((args) => shellCommand(["npm", ...args])).join("\n")} />
      {result && !result.ok && (
        <Notice tone="bad" title={t("failed")}>
          <p>{done(`failure.${result.error.code}`)}</p>
          <FailureSentence sentence={result.error.sentence} />
          <Details label={common("details")} text={result.error.detail} />
        </Notice>
      )}
      <form action={installOpenClaw} className="mt-4 flex flex-wrap items-end gap-4">
        {!machine.installed && <Release chosen={visit.target} writer={machine.writer} />}
        <Button kind="quiet">{t(machine.installed ? "buttonNode" : "button")}</Button>
      </form>
      <p className="mt-3 text-base text-quiet">{t(machine.installed ? "about" : "later")}</p>
    </section>
  );
}

async function Release({
  chosen,
  writer,
}: Readonly<{ chosen: string | null; writer: string | null }>) {
  const t = await getTranslations("install");
  return (
    <label className="text-base">
      {t("release")}
      <select
        name="release"
        defaultValue={chosen ?? writer ?? NEWEST_RELEASE}
        className="ms-2 min-h-11 rounded-lg border border-quiet bg-surface px-4"
      >
        {targetsWith(writer).map((release) => (
          <option key={release}>{release}</option>
        ))}
      </select>
    </label>
  );
}

async function Running({ installing }: Readonly<{ installing: Installing }>) {
  const t = await getTranslations("install");
  return (
    <div className="mb-8">
      <Waiting
        what={t("running")}
        since={installing.job.startedAt}
        cancel={stopInstall}
        keepsForms
      />
      <p dir="ltr" translate="no" className="font-mono text-sm text-quiet wrap-anywhere">
        {installing.line}
      </p>
    </div>
  );
}

async function Installed({
  installing,
  machine,
}: Readonly<{ installing: Installing; machine: MachineView }>) {
  const t = await getTranslations("install");
  const { folder } = installing.plan;
  return (
    <Notice
      tone={machine.installed ? "good" : "warn"}
      title={t(machine.installed ? "done" : "notFound")}
    >
      {folder !== null && (
        <>
          <p>{t("path")}</p>
          <CommandLine
            text={`export PATH=${shellCommand([`${folder}/node_modules/.bin`])}:"$PATH"`}
          />
        </>
      )}
      <form action={removeInstalled} className="mt-4">
        <Button kind="quiet">{t("remove")}</Button>
      </form>
    </Notice>
  );
}
