/** Shows what was found on this machine, one line each, above the choice it affects. */

import { getTranslations } from "next-intl/server";
import { stopGateway } from "@/app/_choose/actions";
import { FoundReading } from "@/app/_choose/found-reading";
import { FoundRow } from "@/app/_choose/found-row";
import { StepZero, type StepZeroProps, stepZeroTitle } from "@/app/_choose/step-zero";
import { gatewayFacts } from "@/app/_parts/gateway-facts";
import { nodeRangeWords } from "@/app/_parts/node-range-words";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/text-link";
import { DEFAULT_OPENAI_BASE_URL, parseOpenAiBaseUrl } from "@/lib/openai/base-url";
import { placeOfCredential } from "@/lib/setup/machine/found-key";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { isUtf16 } from "@/lib/text/utf16";
import { visible, visibleAll } from "@/lib/text/visible";

export interface FoundProps {
  readonly machine: MachineView;
  /** Set if OpenClaw or its Node is missing and not being installed. */
  readonly zero: Pick<StepZeroProps, "visit" | "plan" | "form"> | null;
}

export async function Found({ machine, zero }: FoundProps) {
  const [t, who] = [await getTranslations("found"), await getTranslations("who")];
  const { location, shown, snapshot, gateway, broken, credentials } = machine;
  const isEmpty = broken === null && snapshot.configBytes === null && credentials.length === 0;
  const runs =
    gateway.kind === "here"
      ? await gatewayFacts({ gateway, version: snapshot.version, shown })
      : [];
  return (
    <section
      aria-labelledby="found"
      className={`mb-5 ${zero ? "rounded-xl border border-line bg-surface px-5 py-4" : ""}`}
    >
      <h2 id="found" className="font-semibold">
        {zero ? await stepZeroTitle(machine) : t("title")}
      </h2>
      {zero && <StepZero machine={machine} {...zero} />}
      <ul className="mt-1 space-y-1">
        <FoundOpenClaw machine={machine} isStepZero={zero !== null} />
        {isEmpty ? (
          <FoundRow tone="none">{t("nothing", { path: shown(snapshot.configPath) })}</FoundRow>
        ) : (
          <FoundConfig machine={machine} />
        )}
        {snapshot.dotenvBytes !== null && isUtf16(snapshot.dotenvBytes) && (
          <FoundRow tone="bad">{t("utf16", { path: shown(snapshot.dotenvPath) })}</FoundRow>
        )}
        {location.notes.map((note) => {
          const { code, ...given } = note;
          const names = visibleAll(given);
          return (
            <FoundRow key={JSON.stringify(note)} tone={NOTE_TONES[code] ?? "warn"}>
              {t(`note.${code}`, names)}
            </FoundRow>
          );
        })}
        {gateway.kind === "remote" && <FoundRow tone="warn">{t("gatewayRemote")}</FoundRow>}
        {runs.map(({ text, isWarning }) => (
          <FoundRow key={text} tone={isWarning ? "warn" : "good"}>
            {text}
          </FoundRow>
        ))}
        {gateway.kind === "here" && gateway.isOurs && (
          <FoundRow tone="none">
            <form action={stopGateway}>
              <Button kind="quiet">{t("stopGateway")}</Button>
            </form>
          </FoundRow>
        )}
        {!isEmpty && <FoundCredentials machine={machine} />}
        <FoundAddress />
      </ul>
      {machine.credentials.length > 0 && (
        <p className="mt-3">
          <TextLink href="/who-answers">{who("title")}</TextLink>
        </p>
      )}
    </section>
  );
}

const NOTE_TONES: Partial<Record<MachineView["location"]["notes"][number]["code"], "none">> = {
  redirected: "none",
  "variable-ignored": "none",
  "older-directory-unused": "none",
};

async function FoundConfig({ machine }: Readonly<{ machine: MachineView }>) {
  const t = await getTranslations("found");
  const { broken, shown, snapshot } = machine;
  const path = shown(snapshot.configPath);
  if (broken === null) {
    return snapshot.configBytes === null ? (
      <FoundRow tone="none">{t("noConfig", { path })}</FoundRow>
    ) : (
      <FoundRow tone="good">{t("config", { path })}</FoundRow>
    );
  }
  return (
    <>
      <FoundRow tone="none">{t("config", { path })}</FoundRow>
      <FoundRow tone="bad">
        {broken.code === "config-unparsable" && broken.error.detail === "UTF-16"
          ? t("utf16", { path: shown(broken.file) })
          : broken.code === "config-unparsable"
            ? t("configBroken", {
                path: shown(broken.file),
                line: broken.error.line,
                column: broken.error.column,
              })
            : t("includeBroken", { path: shown(broken.file), include: visible(broken.include) })}
      </FoundRow>
    </>
  );
}

async function FoundCredentials({ machine }: Readonly<{ machine: MachineView }>) {
  const t = await getTranslations("found");
  const { credentials, shown } = machine;
  if (credentials.length === 0) return <FoundRow tone="none">{t("noCredential")}</FoundRow>;
  return credentials.map((found) => {
    const where = placeOfCredential(found, shown);
    const { prefix = "", last4 = "" } = found.fingerprint ?? {};
    const key = `${found.source} ${where}`;
    const fingerprint = `${prefix}••••${last4}`;
    if (found.state !== "used") {
      // An older release's doctor cannot judge newer data.
      const isOlder = found.state === "refused" && machine.newerWriter !== null;
      const state = isOlder ? "ignored" : found.state;
      // The card of ChatGPT offers Codex's login.
      const isCalm = state === "ask-openclaw" || found.source === "codex-login";
      return (
        <FoundRow key={key} tone={isCalm ? "none" : "warn"}>
          {t(`state.${state}`, { where, fingerprint })}
        </FoundRow>
      );
    }
    return (
      <FoundRow key={key} tone={found.wins ? "good" : "none"}>
        {t(found.wins ? "credentialWins" : "credential", { where, fingerprint })}
      </FoundRow>
    );
  });
}

async function FoundAddress() {
  const t = await getTranslations("address");
  const base = parseOpenAiBaseUrl(process.env["OPENAI_BASE_URL"]);
  if (!base.ok || base.value.href === DEFAULT_OPENAI_BASE_URL) return null;
  return <FoundRow tone="none">{t("other", { address: base.value.href })}</FoundRow>;
}

async function FoundOpenClaw({
  machine,
  isStepZero,
}: Readonly<{ machine: MachineView; isStepZero: boolean }>) {
  const t = await getTranslations("found");
  const inWords = await nodeRangeWords();
  const { certainty, detection, installed, node, others, reading, shown } = machine;
  if (detection.state === "missing-bin") {
    return <FoundRow tone="bad">{t("missingBin", { path: shown(detection.path) })}</FoundRow>;
  }
  if (!installed) return null;
  const where = shown(installed.packageDir ?? installed.command.path);
  return (
    <>
      {!isStepZero && (
        <FoundRow
          tone="good"
          about={
            node?.state === "fits"
              ? t("nodeFits", { version: node.node.version, needed: inWords(node.needed) })
              : null
          }
        >
          {t(others.length > 0 ? "usedHere" : "installed", { version: installed.version, where })}
        </FoundRow>
      )}
      {certainty === "assumed" && <FoundRow tone="none">{t("assumed")}</FoundRow>}
      {reading && <FoundReading reading={reading} version={installed.version} />}
      <FoundNode machine={machine} />
      {others.map(({ version, packageDir, command }) => {
        const place = shown(packageDir ?? command.path);
        return (
          <FoundRow key={place} tone="none">
            {t("alsoInstalled", { version, where: place })}
          </FoundRow>
        );
      })}
    </>
  );
}

/** Shows the Node that would run OpenClaw, unless it is the usual one or missing (step zero). */
async function FoundNode({ machine: { node, shown } }: Readonly<{ machine: MachineView }>) {
  if (node?.state !== "other-fits") return null;
  const t = await getTranslations("found");
  const inWords = await nodeRangeWords();
  return (
    <FoundRow tone="warn">
      {t("nodeOther", {
        usual: node.usual?.version ?? "–",
        needed: inWords(node.needed),
        version: node.node.version,
        path: shown(node.node.path),
      })}
    </FoundRow>
  );
}
