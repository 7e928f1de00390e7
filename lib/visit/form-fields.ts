/** Reads a form's fields within bounds. */

/** More than any page of ours has. */
const MOST_FIELDS = 2000;

/**
 * A name that ends in "[]" or repeats has a list. Null for too many fields, or no form.
 * Takes linear time; looking up each name would take quadratic time.
 */
export function fieldsOf(form: unknown): Record<string, unknown> | null {
  if (!(form instanceof FormData)) return null;
  const fields = new Map<string, FormDataEntryValue[]>();
  let count = 0;
  for (const [name, value] of form) {
    count += 1;
    if (count > MOST_FIELDS) return null;
    const values = fields.get(name);
    if (values) values.push(value);
    else fields.set(name, [value]);
  }
  return Object.fromEntries(
    [...fields].map(([name, values]) => [
      name,
      values.length > 1 || name.endsWith("[]") ? values : values[0],
    ]),
  );
}
