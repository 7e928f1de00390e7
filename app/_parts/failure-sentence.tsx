/** Says why a command failed: in our words, in those of OpenClaw or the provider, and with its details. */

import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Details } from "@/components/ui/notice";
import type { Messages } from "@/lib/i18n/words";

export interface FailureWordsProps {
  readonly failure: {
    readonly code: keyof Messages["done"]["failure"];
    readonly sentence: string;
    readonly detail: string;
  };
  /** Stands before the details. */
  readonly children?: ReactNode;
}

export async function FailureWords({ failure, children }: FailureWordsProps) {
  const [t, common] = [await getTranslations("done.failure"), await getTranslations("app")];
  return (
    <>
      <p>{t(failure.code)}</p>
      <FailureSentence sentence={failure.sentence} />
      {children}
      <Details label={common("details")} text={failure.detail} />
    </>
  );
}

export function FailureSentence({ sentence }: Readonly<{ sentence: string }>) {
  if (sentence === "") return null;
  return (
    <blockquote
      dir="auto"
      translate="no"
      className="my-2 border-s-2 border-line ps-4 wrap-anywhere whitespace-pre-wrap"
    >
      {sentence}
    </blockquote>
  );
}
