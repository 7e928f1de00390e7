/** Explains what starting the gateway does, and what the question at its end costs. */

import { getTranslations } from "next-intl/server";
import type { LaunchWay } from "@/lib/setup/launch/way";
import type { Chosen } from "@/lib/setup/verify/reply-differences";

export interface LaunchWordsProps {
  readonly way: LaunchWay;
  readonly credential: Chosen["credential"]["kind"];
  /** The release can ask the model without an agent. */
  readonly isCheap: boolean;
}

export async function LaunchWords({ way, credential, isCheap }: LaunchWordsProps) {
  const t = await getTranslations("launch");
  if (way.kind === "blocked") return null;
  const asks = credential === "login" ? "login" : isCheap ? WORDS[credential] : "none";
  return (
    <>
      {t(`about.${way.kind}`)} {t(`asks.${asks}`)}
    </>
  );
}

/** Names both payers if it is unknown which one pays. */
const WORDS = { key: "words", kept: "either" } as const;
