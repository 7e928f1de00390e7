/** Explains why a pasted text cannot be a key, and what to do. */

import { getFormatter, getTranslations } from "next-intl/server";
import { HelpLink } from "@/app/_parts/help/help-link";
import { Notice } from "@/components/ui/notice";
import type { KeyRefusal } from "@/lib/openai/api-key";

/** Refusals that another key would solve. */
const LED_TO_KEYS: ReadonlySet<KeyRefusal["code"]> = new Set(["admin-key", "anthropic-key"]);

export async function KeyRefusalNotice({
  refusal,
  id,
}: Readonly<{ refusal: KeyRefusal; id: string }>) {
  const [t, format] = [await getTranslations("keyRefusal"), await getFormatter()];
  const place =
    refusal.code === "invalid-character"
      ? { position: refusal.position, characters: format.list(refusal.codePoints) }
      : { position: 0, characters: "" };
  return (
    <Notice tone="bad" id={id} title={t(`${refusal.code}.title`)}>
      <p>{t(`${refusal.code}.next`, place)}</p>
      {LED_TO_KEYS.has(refusal.code) && <HelpLink to="keys" />}
    </Notice>
  );
}
