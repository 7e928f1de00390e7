/** Which words the check of a key needs, for the page and the terminal. */

import { DEFAULT_OPENAI_BASE_URL, nameOfAddress } from "@/lib/openai/base-url";
import type { KeyCheck } from "@/lib/openai/check-key";
import type { RoutedKeyCheck } from "@/lib/openai/key-route";

/** The `keyCheck` message; another key would not help against a refusal for the region or account. */
export function keyCheckWord(check: KeyCheck | null) {
  if (check === null) return "broken";
  if (check.kind !== "refused") return check.kind;
  if (check.reason === "hostname") return "hostname";
  return check.reason === "organization" || check.reason === "project" ? "account" : "refused";
}

/** `key` is masked; the title of an answer that is no JSON may be missing. */
export function keyCheckValues(check: RoutedKeyCheck | null, key: string) {
  return {
    key,
    who: nameOfAddress(check?.at ?? DEFAULT_OPENAI_BASE_URL),
    count: check?.kind === "works" ? check.models.length : 0,
    status: check && "status" in check ? String(check.status) : "",
    seconds: check?.kind === "rate-limited" ? (check.retryAfterSeconds ?? 0) : 0,
    answer: check?.kind === "not-json" ? [check.status, check.title].filter(Boolean).join(" ") : "",
  };
}
