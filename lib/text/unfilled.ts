/** Templates that nobody filled in: `{{X}}`, `<your-model>`, `YOUR_KEY`. */

const WHOLE =
  /^(?:\{\{[^{}]*\}\}|<[\p{L}\d _./-]+>|(?:<|\{\{|\[)?(?:sk-)?(?:YOUR|MY|INSERT|PASTE|REPLACE)[-_](?:[A-Z\d]+[-_])*(?:KEY|TOKEN|MODEL|SECRET|HERE|ME|ID)(?:[-_]HERE)?(?:>|\}\}|\])?)$/iu;

/** Whether a value as a whole, or the model after a provider, is one. */
export function isUnfilled(value: string): boolean {
  const text = value.trim();
  return WHOLE.test(text) || WHOLE.test(text.slice(text.indexOf("/") + 1));
}

/** Whether such a template stands at an offset of a text that cannot be read there. */
export function isUnfilledAt(text: string, offset: number): boolean {
  const near = text.slice(Math.max(0, offset - 2), offset + 120);
  return /^.{0,2}(?:\{\{[^{}\n]{0,100}\}\}|<[\p{L}\d _./-]{1,100}>)/u.test(near);
}
