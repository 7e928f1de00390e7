/** What was found on this machine, in a few plain lines. */

import { getFormatter, getTranslations } from "next-intl/server";
import { FoundReading } from "@/app/_choose/found-reading";
import { gatewayFacts } from "@/app/_parts/gateway-facts";
import { nodeRangeWords } from "@/app/_parts/node-range-words";
import { DEFAULT_OPENAI_BASE_URL, parseOpenAiBaseUrl } from "@/lib/openai/base-url";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { isUtf16 } from "@/lib/text/utf16";
import { visible, visibleAll } from "@/lib/text/visible";

export async function Found({ machine }: Readonly<{ machine: MachineView }>) {
  const t = await getTranslations("found");
  const { credentials, location, broken, shown, snapshot, gateway } = machine;
  const runs =
    gateway.kind === "here"
      ? await gatewayFacts({ gateway, version: snapshot.version, shown })
      : [];
  return (
    <section aria-labelledby="found" className="mt-12 border-t border-line pt-6 text-base">
      <h2 id="found" className="font-semibold">
        {t("title")}
      </h2>
      <ul className="mt-2 space-y-1 text-quiet">
        <FoundOpenClaw machine={machine} />
        <li>
          {snapshot.configBytes === null
            ? t("noConfig", { path: shown(snapshot.configPath) })
            : t("config", { path: shown(snapshot.configPath) })}
        </li>
        {broken && (
          <li className="font-semibold text-bad wrap-anywhere">
            {broken.code === "config-unparsable" && broken.error.detail === "UTF-16"
              ? t("utf16", { path: shown(broken.file) })
              : broken.code === "config-unparsable"
                ? t("configBroken", {
                    path: shown(broken.file),
                    line: broken.error.line,
                    column: broken.error.column,
                  })
                : t("includeBroken", {
                    path: shown(broken.file),
                    include: visible(broken.include),
                  })}
          </li>
        )}
        {snapshot.dotenvBytes !== null && isUtf16(snapshot.dotenvBytes) && (
          <li className="font-semibold text-bad wrap-anywhere">
            {t("utf16", { path: shown(snapshot.dotenvPath) })}
          </li>
        )}
        {location.notes.map((note) => {
          const { code, ...given } = note;
          const names = visibleAll(given);
          return <li key={JSON.stringify(note)}>{t(`note.${code}`, names)}</li>;
        })}
        {gateway.kind === "remote" && (
          <li className="font-semibold text-warn">{t("gatewayRemote")}</li>
        )}
        {runs.map(({ text, isWarning }) => (
          <li key={text} className={`wrap-anywhere ${isWarning ? "font-semibold text-warn" : ""}`}>
            {text}
          </li>
        ))}
        {credentials.map((found) => {
          const name = visible(found.name);
          const where = found.file ? `${name}, ${shown(found.file)}` : name;
          const { prefix = "", last4 = "" } = found.fingerprint ?? {};
          const key = `${found.source} ${where}`;
          const fingerprint = `${prefix}••••${last4}`;
          if (found.state !== "used") {
            // No word of the doctor of an older release than wrote the data.
            const isOlder = found.state === "refused" && machine.newerWriter !== null;
            const state = isOlder ? "ignored" : found.state;
            return <li key={key}>{t(`state.${state}`, { where, fingerprint })}</li>;
          }
          return (
            <li key={key}>
              {t(found.wins ? "credentialWins" : "credential", { where, fingerprint })}
            </li>
          );
        })}
        <FoundAddress />
        {credentials.length === 0 && <li>{t("noCredential")}</li>}
      </ul>
    </section>
  );
}

async function FoundAddress() {
  const t = await getTranslations("address");
  const base = parseOpenAiBaseUrl(process.env["OPENAI_BASE_URL"]);
  if (!base.ok || base.value.href === DEFAULT_OPENAI_BASE_URL) return null;
  return <li className="wrap-anywhere">{t("other", { address: base.value.href })}</li>;
}

async function FoundOpenClaw({ machine }: Readonly<{ machine: MachineView }>) {
  const [t, format] = [await getTranslations("found"), await getFormatter()];
  const inWords = await nodeRangeWords();
  const { certainty, detection, installed, node, others, reading, release, releaseBy, shown } =
    machine;
  if (detection.state === "missing-bin") {
    return <li className="text-warn">{t("missingBin", { path: shown(detection.path) })}</li>;
  }
  if (!installed) {
    return (
      <>
        <li>{t("notInstalled")}</li>
        {releaseBy === "config" && release && <li>{t("wroteConfig", { release })}</li>}
      </>
    );
  }
  const where = shown(installed.packageDir ?? installed.command.path);
  return (
    <>
      <li>
        {t(others.length > 0 ? "usedHere" : "installed", { version: installed.version, where })}
      </li>
      {others.map(({ version, packageDir, command }) => {
        const place = shown(packageDir ?? command.path);
        return <li key={place}>{t("alsoInstalled", { version, where: place })}</li>;
      })}
      {certainty === "assumed" && <li>{t("assumed")}</li>}
      {reading && <FoundReading reading={reading} version={installed.version} />}
      {node?.state === "fits" && (
        <li>{t("nodeFits", { version: node.node.version, needed: inWords(node.needed) })}</li>
      )}
      {node?.state === "other-fits" && (
        <li className="text-warn">
          {t("nodeOther", {
            usual: node.usual?.version ?? "–",
            needed: inWords(node.needed),
            version: node.node.version,
            path: shown(node.node.path),
          })}
        </li>
      )}
      {node?.state === "none-fits" && (
        <li className="font-semibold text-warn">
          {t("nodeNone", {
            needed: inWords(node.needed),
            found: format.list([...new Set(node.found.map(({ version }) => version))]) || "–",
          })}
        </li>
      )}
    </>
  );
}
