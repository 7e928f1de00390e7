/** The terminal's interface for a talk; a null answer means that the user ended it. */

export interface Offer<T> {
  readonly value: T;
  readonly name: string;
  readonly about?: readonly string[];
  /** Why it cannot be chosen; absent if it can. */
  readonly off?: string;
}

export interface Switch<T> extends Offer<T> {
  readonly isOn: boolean;
}

export interface Waiting {
  readonly what: string;
  readonly settled: Promise<unknown>;
  /** Called by Enter to end the wait early, if possible. */
  readonly skip?: () => void;
}

export interface Asker {
  title(text: string): void;
  /** Wraps its lines; "" is an empty line. */
  say(lines: readonly string[]): void;
  /** Does not wrap, for diffs and commands. */
  show(lines: readonly string[]): void;
  choose<T>(question: string, offers: readonly Offer<T>[], preset: T): Promise<T | null>;
  /** Offers a search by part of a name. */
  search<T>(question: string, offers: readonly Offer<T>[], none: string): Promise<T | null>;
  /** Returns the switches that end up on. */
  switches<T>(question: string, switches: readonly Switch<T>[]): Promise<readonly T[] | null>;
  text(question: string): Promise<string | null>;
  /** Shows neither the text nor its length; "" if nothing was typed. Secret. */
  secret(question: string): Promise<string | null>;
  wait(waiting: Waiting): Promise<void>;
}
