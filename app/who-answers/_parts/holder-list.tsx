/** Lists every OpenAI credential here in OpenClaw's order, masked. */

import { getTranslations } from "next-intl/server";
import { changeTo, useFoundKey as takeFoundKey } from "@/app/who-answers/actions";
import { Button } from "@/components/ui/button";
import type { Holder } from "@/lib/setup/verify/who-answers";
import { visible } from "@/lib/text/visible";

export interface HolderListProps {
  readonly holders: readonly Holder[];
  /** The key that can be put first, unless it is first already. */
  readonly movable: Holder | null;
  readonly shown: (path: string) => string;
}

export async function HolderList({ holders, movable, shown }: HolderListProps) {
  const [t, choose] = [await getTranslations("who"), await getTranslations("choose")];
  return (
    <ol className="mt-3 divide-y divide-line rounded-xl border border-line bg-surface">
      {holders.map((holder, index) => {
        const { place, name, file, kind, shown: ends, state } = holder;
        const answers = state === "answers";
        return (
          <li key={`${place} ${name} ${file}`} className="flex gap-4 p-4">
            <span
              aria-hidden="true"
              className={`grid size-7 shrink-0 place-items-center rounded-full border text-sm tabular-nums ${answers ? "border-good bg-good font-bold text-surface" : "border-line text-quiet"}`}
            >
              {index + 1}
            </span>
            <div className="min-w-0 grow wrap-anywhere">
              <p className="font-semibold">
                {t(`place.${place}`)}
                {kind !== "unknown" && (
                  <span className="font-normal text-quiet">
                    {" · "}
                    {choose(kind === "key" ? "api-key.name" : "chatgpt.name")}
                  </span>
                )}
              </p>
              {!file?.endsWith(`/${name}`) && (
                <p className="text-base">
                  <code dir="ltr">
                    {visible(name)} {ends && <span className="inline-block">{visible(ends)}</span>}
                  </code>
                </p>
              )}
              {file && (
                <p className="text-base text-quiet">
                  <code dir="ltr">{shown(file)}</code>
                </p>
              )}
              <p className={`text-base ${answers ? "font-semibold text-good" : "text-quiet"}`}>
                {t(`state.${state}`)}
              </p>
              {holder === movable && (
                <form action={takeFoundKey} className="mt-3">
                  <Button kind="quiet">{t("putFirst")}</Button>
                </form>
              )}
              {kind === "login" && !answers && (
                <form action={changeTo} className="mt-3">
                  <input type="hidden" name="auth" value="chatgpt" />
                  <Button kind="quiet">{t("signIn")}</Button>
                </form>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
