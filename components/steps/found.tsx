/** What was found on this machine, in a few plain lines. */

import { getTranslations } from "next-intl/server";
import type { MachineView } from "@/app/_server/machine";

export async function Found({ machine }: Readonly<{ machine: MachineView }>) {
  const t = await getTranslations("found");
  const { installed, node, shown, credentials, parseError, snapshot } = machine;
  return (
    <section aria-labelledby="found" className="mt-12 border-t border-line pt-6 text-base">
      <h2 id="found" className="font-semibold">
        {t("title")}
      </h2>
      <ul className="mt-2 space-y-1 text-quiet">
        <li>
          {installed
            ? t("installed", { version: installed.version, where: shown(installed.packageDir) })
            : t("notInstalled")}
        </li>
        {installed && snapshot.certainty === "newer" && <li>{t("newer")}</li>}
        {node && (
          <li className={node.fits ? "" : "font-semibold text-warn"}>
            {node.fits
              ? t("nodeFits", { version: node.version, needed: node.needed })
              : t("nodeMisfit", { version: node.version, needed: node.needed })}
          </li>
        )}
        <li>
          {snapshot.configBytes === null
            ? t("noConfig", { path: shown(snapshot.configPath) })
            : t("config", { path: shown(snapshot.configPath) })}
        </li>
        {parseError && (
          <li className="font-semibold text-bad">
            {t("configBroken", { line: parseError.line, column: parseError.column })}
          </li>
        )}
        {credentials.map((found) => (
          <li key={found.id}>
            {t(found.wins ? "credentialWins" : "credential", {
              where: found.where,
              fingerprint: found.fingerprint,
            })}
          </li>
        ))}
        {credentials.length === 0 && <li>{t("noCredential")}</li>}
      </ul>
    </section>
  );
}
