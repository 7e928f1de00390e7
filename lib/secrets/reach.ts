/** How far a secret's mask reaches: everywhere it stands, or only its own place. */

import { isPlainWords } from "@/lib/secrets/places";
import { isToken } from "@/lib/secrets/token-forms";

const SHORTEST = 8;
const LONG = 16;
/** What is written where a local server wants any key at all. */
const DUMMY =
  /^(?:sk-)?(?:no|not|none|dummy|fake|test|placeholder|unused|example|change-?me|your|any|local)(?:[-_ ][\p{L}\d]+)*$/iu;

/**
 * Whether a value found at a secret place is a secret wherever else it stands. Plain words are not: who
 * gives Ollama the key "ollama" uses that word elsewhere. `ordinary` are the names and the parts of names
 * that the config itself uses.
 */
export function isSecretAnywhere(value: string, ordinary: ReadonlySet<string>): boolean {
  if (isToken(value)) return true;
  if (value.trim().length < SHORTEST || isPlainWords(value) || DUMMY.test(value)) return false;
  return value.length >= LONG || !ordinary.has(value);
}
