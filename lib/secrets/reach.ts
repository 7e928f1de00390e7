/** Decides whether a secret is masked everywhere or only at its own place. */

import { isPlainWords } from "@/lib/secrets/places";
import { isToken } from "@/lib/secrets/token-forms";

const SHORTEST = 8;
const LONG = 16;
/** Placeholders for local servers that require some key. */
const DUMMY =
  /^(?:sk-)?(?:no|not|none|dummy|fake|test|placeholder|unused|example|change-?me|your|any|local)(?:[-_ ][\p{L}\d]+)*$/iu;

/** The key "ollama" is masked only in place, being an ordinary word; `ordinary` holds the config's names. */
export function isSecretAnywhere(value: string, ordinary: ReadonlySet<string>): boolean {
  if (isToken(value)) return true;
  if (value.trim().length < SHORTEST || isPlainWords(value) || DUMMY.test(value)) return false;
  return value.length >= LONG || !ordinary.has(value);
}
