/** Shows what an untested OpenClaw reported, each fact with its source. */

import { useTranslations } from "next-intl";
import { FoundRow } from "@/app/_choose/found-row";
import type { Reading } from "@/lib/setup/machine/told-row";

export function FoundReading({
  reading,
  version,
}: Readonly<{ reading: Reading; version: string }>) {
  const t = useTranslations("found.told");
  const { read, unread, nearest, state } = reading;
  const how = state === "answered" ? "read" : state === "failed" ? "failed" : "asking";
  return (
    <FoundRow tone={state === "failed" ? "warn" : "none"}>
      {t(how, { version, nearest })}
      {state === "answered" && (
        <details>
          <summary className="py-2">{t("title")}</summary>
          <ul className="list-disc space-y-1 ps-6">
            {read.map(({ fact, source }) => (
              <li key={fact}>
                {t("line", { fact: t(`fact.${fact}`), source: t(`source.${source}`) })}
              </li>
            ))}
            {unread.map(({ fact, source }) => (
              <li key={fact}>
                {t("unread", { fact: t(`fact.${fact}`), source: t(`source.${source}`), nearest })}
              </li>
            ))}
            <li>{t("rest", { nearest })}</li>
          </ul>
        </details>
      )}
    </FoundRow>
  );
}
