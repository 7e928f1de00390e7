/** Recognizes unfilled templates: `{{X}}`, `<your-model>`, `YOUR_KEY`. */

const WHOLE =
  /^(?:\{\{[^{}]*\}\}|<[\p{L}\d _./-]+>|(?:<|\{\{|\[)?(?:sk-)?(?:YOUR|MY|INSERT|PASTE|REPLACE)[-_](?:[A-Z\d]+[-_])*(?:KEY|TOKEN|MODEL|SECRET|HERE|ME|ID)(?:[-_]HERE)?(?:>|\}\}|\])?)$/iu;

/** Checks the whole value and the model after a provider. */
export function isUnfilled(value: string): boolean {
  const text = value.trim();
  return WHOLE.test(text) || WHOLE.test(text.slice(text.indexOf("/") + 1));
}

/** Checks text that failed to parse at `offset`. */
export function isUnfilledAt(text: string, offset: number): boolean {
  const near = text.slice(Math.max(0, offset - 2), offset + 120);
  return /^.{0,2}(?:\{\{[^{}\n]{0,100}\}\}|<[\p{L}\d _./-]{1,100}>)/u.test(near);
}
