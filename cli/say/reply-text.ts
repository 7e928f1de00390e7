/** Describes a reply, or its absence, in the last page's words. */

import { credentialWords, differenceLines } from "@/cli/say/verification-text";
import type { Words } from "@/lib/i18n/words";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { answeredBy, isAsChosen } from "@/lib/setup/verify/answered-by";
import type { Reply } from "@/lib/setup/verify/reply";
import type { Chosen } from "@/lib/setup/verify/reply-differences";
import type { Verification } from "@/lib/setup/verify/verify";
import { visibleText } from "@/lib/text/visible";

interface Told {
  readonly verification: Verification | null;
  readonly chosen: Chosen;
  /** These files started the gateway, and its service has no key of its own. */
  readonly isFresh: boolean;
  readonly named: MachineView["named"];
}

/** `reply` is null if the request itself failed. */
export function replyLines(
  reply: Reply | null,
  { verification, chosen, isFresh, named }: Told,
  words: Words,
): readonly string[] {
  const { done: t } = words;
  if (reply?.kind !== "replied") {
    if (reply?.kind !== "failed") return [`! ${t("replyFailed")}`];
    const { code, sentence, detail } = reply.failure;
    const own = [sentence, detail].filter(Boolean).map((text) => `  ${visibleText(text)}`);
    return [`! ${t("replyFailed")}`, `  ${t(`failure.${code}`)}`, ...own];
  }
  const isSame = isAsChosen(reply);
  const { credential, either } = answeredBy(reply, verification, isFresh);
  const name = credentialWords(credential, words);
  const facts = t("replyFacts", {
    model: named(reply.model),
    seconds: Math.max(1, Math.round(reply.milliseconds / 1000)),
    credential: either ? t("replyEither", { credential: name }) : name,
  });
  const title = reply.differences.length > 0 ? "repliedOther" : "repliedOlder";
  const { kind } = chosen.credential;
  const pays = isSame && !either && kind !== "kept" ? `; ${t(`pays.${kind}`)}` : "";
  return [
    isSame ? t("replied") : `! ${t(title)}`,
    ...visibleText(reply.text)
      .split("\n")
      .map((line) => `  ${line}`),
    ...differenceLines(reply.differences, chosen, words, named),
    `${facts}${pays}`,
    t(`by.${reply.by}`),
    ...(reply.gatewaySaid ? [`  ${visibleText(reply.gatewaySaid)}`] : []),
  ];
}
