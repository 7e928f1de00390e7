"use client";

/**
 * The few words a client component needs: a broken page has no server to ask. They come ready from the
 * layout; the library that reads messages would weigh more than all other scripts of ours together.
 */

import { createContext, type ReactNode, useContext } from "react";

/** By their whole key, as in `broken.title`. */
type Words = Readonly<Record<string, string>>;

const Given = createContext<Words>({});

export function GivenWords({ words, children }: Readonly<{ words: Words; children: ReactNode }>) {
  return <Given value={words}>{children}</Given>;
}

/** Null for a key that was not given. `{name}` in the text becomes its value. */
export function useWords(): (
  key: string,
  values?: Readonly<Record<string, string>>,
) => string | null {
  const words = useContext(Given);
  return (key, values = {}) => {
    const text = Object.hasOwn(words, key) ? words[key] : undefined;
    return text?.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole) ?? null;
  };
}
