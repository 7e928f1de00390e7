"use client";

/** Passes a few messages to client components, since a broken page has no server and a message library is heavy. */

import { createContext, type ReactNode, useContext } from "react";

type Words = Readonly<Record<string, string>>;

const Given = createContext<Words>({});

export function GivenWords({ words, children }: Readonly<{ words: Words; children: ReactNode }>) {
  return <Given value={words}>{children}</Given>;
}

/** Null for an unknown key. `{name}` is replaced by its value. */
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
