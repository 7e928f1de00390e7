/** What a form holds, by name; bounded, since a program can send any number of fields. */

/** No page of ours has as many. */
const MOST_FIELDS = 2000;

/**
 * The fields of a form: a name that ends in "[]" or comes more than once has a list. Null for what is
 * no form, since an action can be called with anything, and for more fields than any page has. Each is
 * looked at once: looking up each name costs their number squared.
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
