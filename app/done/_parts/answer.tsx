/** Shows the reply in large type, with its model, credential, duration and cost. */

import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { FailureSentence } from "@/app/_parts/failure-sentence";
import { useCredentialWords } from "@/app/done/_parts/credential-words";
import { answeredBy } from "@/lib/setup/verify/answered-by";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Verification } from "@/lib/setup/verify/verify";
import { visibleText } from "@/lib/text/visible";

export type Replied = Extract<Reply, { kind: "replied" }>;

export interface AnswerProps {
  readonly reply: Replied;
  readonly facts: ReplyFactsProps;
}

export async function Answer({ reply, facts }: AnswerProps) {
  const t = await getTranslations("done");
  return (
    <section role="status" aria-label={t("replied")} className="appear my-6">
      <p className="text-base text-quiet">{t("replied")}</p>
      <blockquote
        dir="auto"
        className="my-2 border-s-4 border-good ps-5 text-3xl leading-snug wrap-anywhere whitespace-pre-wrap"
      >
        {visibleText(reply.text)}
      </blockquote>
      <ReplyFacts {...facts} />
      <p className="text-base text-quiet">{t(`by.${reply.by}`)}</p>
      <FailureSentence sentence={visibleText(reply.gatewaySaid ?? "")} />
    </section>
  );
}

export interface ReplyFactsProps {
  readonly reply: Replied;
  readonly verification: Verification | null;
  /** These files started the gateway, and its service has no key of its own. */
  readonly isFresh: boolean;
  readonly pays: "key" | "login" | null;
  readonly named: (text: string) => string;
}

/** OpenClaw does not say which stored credential answered, so with a backup it may be either. */
export function ReplyFacts({ reply, verification, isFresh, pays, named }: ReplyFactsProps) {
  const [t, words] = [useTranslations("done"), useCredentialWords()];
  const { credential, either } = answeredBy(reply, verification, isFresh);
  const facts = {
    model: named(reply.model),
    seconds: Math.max(1, Math.round(reply.milliseconds / 1000)),
    credential: either ? t("replyEither", { credential: words(credential) }) : words(credential),
  };
  return (
    <p className="text-base text-quiet">
      {t("replyFacts", facts)}
      {pays && !either && <> · {t(`pays.${pays}`)}</>}
    </p>
  );
}
