/** Describes the check of a key in the page's words. */

import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Words } from "@/lib/i18n/words";
import type { KeyQuestion, KeyRefusal } from "@/lib/openai/api-key";
import type { BaseUrlRefusal } from "@/lib/openai/base-url";
import { keyCheckValues, keyCheckWord } from "@/lib/openai/key-check-words";
import type { RoutedKeyCheck } from "@/lib/openai/key-route";
import { maskSecret } from "@/lib/secrets/mask-secret";

export function keyRefusedFailure(refusal: KeyRefusal, { keyRefusal: t, list }: Words): Failure {
  const place =
    refusal.code === "invalid-character"
      ? { position: refusal.position, characters: list(refusal.codePoints) }
      : { position: 0, characters: "" };
  return {
    code: `key-${refusal.code}`,
    exit: EXIT.credential,
    what: t(`${refusal.code}.title`),
    next: t(`${refusal.code}.next`, place),
  };
}

export function keyQuestionFailure(question: KeyQuestion, key: string, words: Words): Failure {
  const { keyQuestion: t, cli } = words;
  const vendor = question.code === "other-vendor" ? question.vendor : "";
  return {
    code: `key-${question.code}`,
    exit: EXIT.credential,
    what: t(question.code, { vendor }),
    next: `${t("next", { key: maskSecret(key) })} ${cli("anyKeyNext")}`,
  };
}

export function addressFailure({ code, detail }: BaseUrlRefusal, { address: t }: Words): Failure {
  return {
    code: `address-${code}`,
    exit: EXIT.credential,
    what: t("refused.title"),
    next: `${t(`refused.${code}`, { detail })} ${t("refused.next")}`,
  };
}

/** `check` is null if the check itself failed. */
export function keyCheckWords(
  check: RoutedKeyCheck | null,
  key: string,
  { keyCheck: t }: Words,
): { readonly what: string; readonly next: string } {
  const values = keyCheckValues(check, maskSecret(key));
  const code = keyCheckWord(check);
  return { what: t(`${code}.title`, values), next: t(`${code}.next`, values) };
}

export function keyCheckFailure(check: RoutedKeyCheck | null, key: string, words: Words): Failure {
  const code = `key-${keyCheckWord(check)}`;
  const detail = check?.detail ?? "";
  return { code, exit: EXIT.credential, ...keyCheckWords(check, key, words), detail };
}
