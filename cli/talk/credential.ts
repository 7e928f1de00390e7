/** Asks how to use OpenAI: a concealed key, or a ChatGPT login. */

import { checkKey } from "@/cli/steps/prepare-plan";
import { signedInByCode, signedInByPaste } from "@/cli/steps/signed-in";
import type { Offer } from "@/cli/talk/asker";
import { sayFailure, type Talk } from "@/cli/talk/common";
import { nameOfAddress } from "@/lib/openai/base-url";
import { maskSecret } from "@/lib/secrets/mask-secret";
import { findKey } from "@/lib/setup/machine/found-key";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { keyRoute } from "@/lib/visit/key";
import type { Visit } from "@/lib/visit/visit";

const WAYS = ["api-key", "chatgpt"] as const;
type Way = (typeof WAYS)[number];

/** `back` chooses another method; null means that the user ended it. */
type Got = "given" | "back" | null;

/** Whether the visit has a credential; false if the user ended it. */
export async function askCredential(visit: Visit, found: MachineView, one: Talk): Promise<boolean> {
  const { asker, terminal } = one;
  const question = terminal.words.choose("question");
  let preset: Way = "api-key";
  for (;;) {
    const way: Way | null = await asker.choose(question, waysOf(found, one), preset);
    if (way === null) return false;
    preset = way;
    visit.auth = way;
    const got = way === "api-key" ? await askKey(visit, found, one) : await askLogin(visit, one);
    if (got !== "back") return got === "given";
  }
}

function waysOf({ installed }: MachineView, { terminal }: Talk): readonly Offer<Way>[] {
  const { choose: t } = terminal.words;
  return WAYS.map((way) => ({
    value: way,
    name: t(`${way}.name`),
    about: (["cost", "good", "need"] as const).map((line) => `${t(line)} – ${t(`${way}.${line}`)}`),
    ...(way === "chatgpt" && installed === null ? { off: t("chatgptNeedsOpenClaw") } : {}),
  }));
}

async function askKey(visit: Visit, { snapshot }: MachineView, one: Talk): Promise<Got> {
  const { asker, terminal, options } = one;
  const { cli } = terminal.words;
  const here = findKey(snapshot)?.value ?? null;
  if (here !== null) {
    const offers = [
      { value: "here" as const, name: cli("talk.foundKey", { key: maskSecret(here) }) },
      { value: "other" as const, name: cli("talk.otherKey") },
    ];
    const which = await asker.choose(cli("talk.whichKey"), offers, "here");
    if (which === null) return null;
    if (which === "here") {
      const refused = await checkKey(visit, here, options, terminal);
      if (refused === null) return "given";
      sayFailure(one, refused);
    }
  }
  for (;;) {
    const text = await asker.secret(cli("askKey"));
    if (text === null) return null;
    // An empty answer leads back to the choice.
    if (text.trim() === "") return "back";
    const got = await checked(visit, text.trim(), one);
    if (got !== "back") return got;
  }
}

/** Sends a suspicious key only after the user's confirmation. */
async function checked(visit: Visit, text: string, one: Talk): Promise<Got> {
  const { asker, terminal, options } = one;
  const { cli, keyQuestion: t } = terminal.words;
  const refused = await checkKey(visit, text, options, terminal);
  if (refused === null) return "given";
  if (visit.key.kind !== "asked") {
    sayFailure(one, refused);
    return "back";
  }
  const route = await keyRoute(visit);
  const who = route.ok ? nameOfAddress(route.value.baseUrl) : "OpenAI";
  const send = await asker.choose(
    `${refused.what}. ${t("next", { key: maskSecret(text) })}`,
    [
      { value: false, name: cli("talk.otherKey") },
      { value: true, name: t("send", { who }) },
    ],
    false,
  );
  if (send === null) return null;
  if (!send) return "back";
  const again = await checkKey(visit, text, { ...options, "any-key": true }, terminal);
  if (again === null) return "given";
  sayFailure(one, again);
  return "back";
}

async function askLogin(visit: Visit, one: Talk): Promise<Got> {
  const { asker, terminal } = one;
  const { signIn: t } = terminal.words;
  for (;;) {
    const way = await asker.choose(
      t("title"),
      [
        { value: "code" as const, name: t("device.button"), about: [t("device.about")] },
        { value: "paste" as const, name: t("paste.button"), about: [t("paste.about")] },
        { value: "key" as const, name: t("api-key.button"), about: [t("api-key.about")] },
      ],
      "code",
    );
    if (way === null) return null;
    if (way === "key") return "back";
    asker.say([""]);
    const failure =
      way === "code"
        ? await signedInByCode(visit, terminal)
        : await signedInByPaste(visit, terminal, asker.secret);
    if (failure === null) return "given";
    if (terminal.signal.aborted || failure.code === "sign-in-cancelled") return null;
    sayFailure(one, failure);
  }
}
