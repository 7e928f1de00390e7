/** Explains how and why an answer differs from the choice. */

import { useTranslations } from "next-intl";
import { useCredentialWords } from "@/app/done/_parts/credential-words";
import type { Chosen, Difference, Why } from "@/lib/setup/verify/reply-differences";

export interface DifferencesProps {
  readonly differences: readonly Difference[];
  readonly chosen: Chosen;
  readonly shown: (path: string) => string;
  readonly named: (text: string) => string;
}

export function Differences({ differences, chosen, shown, named }: DifferencesProps) {
  const t = useTranslations("done");
  const [words, choice] = [useCredentialWords(), useChosenWords(chosen)];
  return differences.map(({ what, answered, why }) => {
    const names =
      typeof answered === "string"
        ? {
            answered: named(answered),
            chosen: what === "host" ? (chosen.host ?? "") : named(chosen.model),
          }
        : { answered: words(answered), chosen: choice };
    return (
      <div key={what} className="wrap-anywhere">
        <p>{t(`other.${what}`, names)}</p>
        <WhyWords why={why} shown={shown} />
      </div>
    );
  });
}

function WhyWords({ why, shown }: Readonly<{ why: Why; shown: (path: string) => string }>) {
  const t = useTranslations("done");
  const path = "path" in why ? shown(why.path) : "";
  return (
    <>
      <p>{t(`why.${why.kind}`, { path })}</p>
      {why.kind === "fallback" && why.code && <p>{t(`failure.${why.code}`)}</p>}
    </>
  );
}

function useChosenWords({ credential }: Chosen): string {
  const t = useTranslations("credential");
  if (credential.kind === "kept") return "";
  if (credential.kind === "key") {
    return credential.tail === "" ? t("yourKey") : t("chosenKey", { tail: credential.tail });
  }
  const { account } = credential;
  return account === null ? t("loginUnnamed") : t("login", { account });
}
