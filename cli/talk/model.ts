/** Asks for the model: proposals with reasons, a search, or any reference. */

import type { Offer } from "@/cli/talk/asker";
import type { Talk } from "@/cli/talk/common";
import { onEnd } from "@/cli/terminal";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import { modelFacts } from "@/lib/setup/model-facts";
import type { ModelChoice } from "@/lib/setup/model-proposals";
import { parseModelRef } from "@/lib/setup/model-ref";
import { leadOf, offeredModels } from "@/lib/visit/choices/models";
import { machine, readingOf } from "@/lib/visit/machine";
import type { Visit } from "@/lib/visit/visit";

/** Without known reasons, as many as on the page. */
const SHOWN_AT_ONCE = 4;
const REST = "rest";
const OWN = "own";

/** False if the user ended it. */
export async function askModel(visit: Visit, one: Talk): Promise<boolean> {
  const { asker, terminal } = one;
  const { model: t } = terminal.words;
  await readFirst(visit, one);
  const found = await machine(visit);
  const offered = offeredModels(visit, found);
  const { choices, proposed } = offered;
  const reasoned = choices.filter(({ reason }) => reason !== null).length;
  const first = choices.slice(0, reasoned > 0 ? reasoned : SHOWN_AT_ONCE);
  const rest = choices.filter((choice) => !first.includes(choice));
  const prices =
    found.toldBy !== null && choices.some(({ price }) => price !== null)
      ? [t(found.installed ? "priceSource" : "priceSourceKept", sourceOf(found, one))]
      : [];
  asker.say(["", t(leadOf(visit, offered)), ...prices, ""]);
  const offers = [
    ...first.map((choice) => offerOf(choice, found, one)),
    ...(rest.length > 0 ? [{ value: REST, name: t("others", { count: rest.length }) }] : []),
    { value: OWN, name: t("own"), about: [t("ownLabel")] },
  ];
  for (;;) {
    const picked = await asker.choose(t("question"), offers, proposed?.ref ?? OWN);
    if (picked === null) return false;
    const ref =
      picked === REST
        ? await asker.search(
            t("search"),
            rest.map((choice) => offerOf(choice, found, one)),
            t("none"),
          )
        : picked === OWN
          ? await asker.text(`${t("ownLabel")}:`)
          : picked;
    if (ref === null) return false;
    const read = parseModelRef(ref);
    if (read.ok) {
      visit.model = read.value.ref;
      return true;
    }
    asker.say([`! ${t("refused.title")}`, `  ${t("refused.next")}`]);
  }
}

function sourceOf({ told, toldBy }: Pick<MachineView, "told" | "toldBy">, { terminal }: Talk) {
  const date = told?.builtOn ? terminal.words.day(told.builtOn) : "none";
  return { version: toldBy ?? "", date };
}

/** Asks an untested release about itself, as long as the user waits. */
async function readFirst(visit: Visit, { asker, terminal }: Talk): Promise<void> {
  const reading = await readingOf(visit);
  if (reading === null || reading.result !== null || visit.readingSkipped) return;
  const { installed } = await machine(visit);
  const skipping = new AbortController();
  const over = new Promise<void>((resolve) => {
    onEnd(terminal, resolve);
    onEnd(skipping, resolve);
    void reading.settled.then(resolve);
  });
  await asker.wait({
    what: terminal.words.model("reading", { version: installed?.version ?? "" }),
    settled: over,
    skip: () => skipping.abort(),
  });
  visit.readingSkipped = true;
}

function offerOf(
  choice: ModelChoice,
  { named }: Pick<MachineView, "named">,
  { terminal }: Talk,
): Offer<string> {
  const { model: t, usd } = terminal.words;
  const { ref, recommended } = choice;
  return {
    value: ref,
    name: recommended ? `${named(ref)} · ${t("recommended")}` : named(ref),
    about: modelFacts(choice, t, usd),
  };
}
