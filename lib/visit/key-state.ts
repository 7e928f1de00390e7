/** What a visit holds of an API key: nothing, why it was not taken, or the key with its check. */

import type { KeyNotice, KeyQuestion, KeyRefusal } from "@/lib/openai/api-key";
import type { RoutedKeyCheck } from "@/lib/openai/key-route";
import type { Job } from "@/lib/system/job";

/** Secret: pages show it through `maskSecret` only. */
export interface GivenKey {
  readonly kind: "given";
  readonly value: string;
  readonly notices: readonly KeyNotice[];
  readonly check: Job<RoutedKeyCheck>;
  /** The person wants this very key to answer when the subscription does not. */
  readonly asBackup: boolean;
}

export type KeyState =
  | { readonly kind: "none" }
  /** The text cannot be a key. */
  | { readonly kind: "refused"; readonly refusal: KeyRefusal }
  /** Not sent, since it looks like a secret of another service; secret. */
  | { readonly kind: "asked"; readonly text: string; readonly question: KeyQuestion }
  | GivenKey;

export const NO_KEY: KeyState = { kind: "none" };

export function givenKey({ key }: { readonly key: KeyState }): GivenKey | null {
  return key.kind === "given" ? key : null;
}
