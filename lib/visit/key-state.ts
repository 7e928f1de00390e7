/** The states of a visit's API key. */

import type { KeyNotice, KeyQuestion, KeyRefusal } from "@/lib/openai/api-key";
import type { RoutedKeyCheck } from "@/lib/openai/key-route";
import type { Job } from "@/lib/system/job";

/** Secret; pages show it only through `maskSecret`. */
export interface GivenKey {
  readonly kind: "given";
  readonly value: string;
  readonly notices: readonly KeyNotice[];
  readonly check: Job<RoutedKeyCheck>;
  readonly asBackup: boolean;
}

export type KeyState =
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly refusal: KeyRefusal }
  /** Not sent, because it looks like another service's secret. Secret. */
  | { readonly kind: "asked"; readonly text: string; readonly question: KeyQuestion }
  | GivenKey;

export const NO_KEY: KeyState = { kind: "none" };

export function givenKey({ key }: { readonly key: KeyState }): GivenKey | null {
  return key.kind === "given" ? key : null;
}

/** Secrets of the visit, which no text may show. */
export function givenSecrets(visit: {
  readonly key: KeyState;
  readonly telegram: string | null;
}): readonly string[] {
  const key = givenKey(visit)?.value ?? null;
  return [key, visit.telegram].filter((secret) => secret !== null);
}
