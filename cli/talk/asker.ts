/** What a talk needs of a terminal: questions, lines and waits. Null for an answer: the person ended it. */

export interface Offer<T> {
  readonly value: T;
  /** One line. */
  readonly name: string;
  /** What it means. */
  readonly about?: readonly string[];
  /** Why it cannot be chosen; absent: it can. */
  readonly off?: string;
}

export interface Switch<T> extends Offer<T> {
  readonly isOn: boolean;
}

export interface Waiting {
  readonly what: string;
  readonly settled: Promise<unknown>;
  /** Enter ends it early; absent: it has to be waited for. */
  readonly skip?: () => void;
}

export interface Asker {
  title(text: string): void;
  /** Words, broken where the terminal ends; "" is an empty line. */
  say(lines: readonly string[]): void;
  /** As they are: a difference, or a command to copy. */
  show(lines: readonly string[]): void;
  choose<T>(question: string, offers: readonly Offer<T>[], preset: T): Promise<T | null>;
  /** One of many, found by a part of its name. */
  search<T>(question: string, offers: readonly Offer<T>[], none: string): Promise<T | null>;
  /** Those that are on in the end. */
  switches<T>(question: string, switches: readonly Switch<T>[]): Promise<readonly T[] | null>;
  text(question: string): Promise<string | null>;
  /** Nothing of it is shown, nor how long it is. "" where none was typed. Secret. */
  secret(question: string): Promise<string | null>;
  wait(waiting: Waiting): Promise<void>;
}
