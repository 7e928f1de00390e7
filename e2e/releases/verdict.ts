/** The verdict on a case: it passes unless something in it is judged wrong. */

export class Wrong extends Error {}

/** Ends the case as failed unless `holds`. */
export function judge(holds: true, what: string): void;
export function judge(holds: false, what: string): never;
export function judge(holds: boolean, what: string): void;
export function judge(holds: boolean, what: string): void {
  if (!holds) throw new Wrong(what);
}
