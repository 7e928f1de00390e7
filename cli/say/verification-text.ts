/** Describes OpenClaw's verdict on the files in the last page's words. */

import type { Words } from "@/lib/i18n/words";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Credential } from "@/lib/setup/verify/credential-in-use";
import type { Chosen, Difference } from "@/lib/setup/verify/reply-differences";
import { configWord, type Verification } from "@/lib/setup/verify/verify";
import { visible, visibleText } from "@/lib/text/visible";

/** `verification` is null if asking failed, and `chosen` without a choice, as for a status. */
export function verificationLines(
  verification: Verification | null,
  chosen: Chosen | null,
  words: Words,
  named: MachineView["named"],
): readonly string[] {
  const { done: t, cli, list } = words;
  if (verification === null) return [t("failed")];
  switch (verification.kind) {
    case "not-installed":
      return [t("notInstalled"), cli("installNext")];
    case "missing-bin":
      return [t("missingBin"), t("missingBinNext", { path: visible(verification.path) })];
    case "node-misfit": {
      const found = list(verification.found) || "–";
      return [t("nodeMisfit"), t("nodeMisfitNext", { needed: verification.needed, found })];
    }
    case "failed": {
      const { code, sentence, detail } = verification.failure;
      return [
        t("failed"),
        t(`failure.${code}`),
        ...[sentence, detail].filter(Boolean).map((text) => `  ${visibleText(text)}`),
      ];
    }
    case "answered":
      return answeredLines(verification, chosen, words, named);
  }
}

function answeredLines(
  said: Extract<Verification, { kind: "answered" }>,
  chosen: Chosen | null,
  words: Words,
  named: MachineView["named"],
): readonly string[] {
  const { done: t } = words;
  const { valid, verdict, differences, detail } = said;
  const model = named(said.model);
  const config = t(configWord(said));
  const details = detail === "" ? [] : [`  ${visibleText(detail)}`];
  if (verdict === "uncertain") return [t("uncertain", { model }), config, ...details];
  if (verdict !== "usable") {
    return [t("unusable"), config, ...(valid === false ? [] : [t("unusableNext")]), ...details];
  }
  if (differences.length > 0) {
    return [t("usableOther"), config, ...differenceLines(differences, chosen, words, named)];
  }
  const credential = credentialWords(said.credential, words);
  return [t("usable", { model }), config, t("credential", { credential })];
}

export function differenceLines(
  differences: readonly Difference[],
  chosen: Chosen | null,
  words: Words,
  named: MachineView["named"],
): readonly string[] {
  return differences.map(({ what, answered }) => {
    const answer = typeof answered === "string" ? answered : credentialWords(answered, words);
    const names = { answered: named(answer), chosen: named(chosenWords(what, chosen, words)) };
    return `  ${words.done(`other.${what}`, names)}`;
  });
}

function chosenWords(
  what: "model" | "credential" | "host",
  chosen: Chosen | null,
  { credential: t }: Words,
): string {
  if (chosen === null) return "";
  if (what !== "credential") return (what === "host" ? chosen.host : chosen.model) ?? "";
  const { credential } = chosen;
  if (credential.kind === "kept") return "";
  if (credential.kind === "key") return t("chosenKey", { tail: credential.tail });
  const { account } = credential;
  return account === null ? t("loginUnnamed") : t("login", { account });
}

export function credentialWords(credential: Credential, { credential: t }: Words): string {
  if (credential.kind === "login") {
    const { account } = credential;
    return account === "" ? t("loginUnnamed") : t("login", { account });
  }
  if (credential.kind === "unknown") return credential.words || t("unknown");
  const place = t(credential.kind);
  return credential.key === "" ? place : t("withKey", { place, key: credential.key });
}
