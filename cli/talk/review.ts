/** Shows the plan and OpenClaw's verdict, and asks for a decision. */

import { randomBytes } from "node:crypto";
import type { Failure } from "@/cli/failure";
import { isColoured } from "@/cli/say/colour";
import { immutableLines, ownSourceLines } from "@/cli/say/own-source-text";
import { noticeLines, planFiles, planWords } from "@/cli/say/plan-text";
import { type PreparedPlan, planFor } from "@/cli/steps/prepare-plan";
import { refusalOf } from "@/cli/steps/write-plan";
import { askChanges, askKeyForm, hasChanges } from "@/cli/talk/changes";
import { sayFailure, type Talk } from "@/cli/talk/common";
import { columnsOf } from "@/cli/talk/lines";
import { rehearsed } from "@/cli/talk/rehearsed";
import type { Words } from "@/lib/i18n/words";
import { type UnseenAddress, unseenAddress } from "@/lib/setup/launch/unseen-address";
import { isByService } from "@/lib/setup/launch/way";
import type { Plan } from "@/lib/setup/types";
import { visible } from "@/lib/text/visible";
import { wayAfterWrite } from "@/lib/visit/gateway";
import type { Visit } from "@/lib/visit/visit";

type Reviewed =
  | { readonly kind: "write"; readonly prepared: PreparedPlan; readonly isStarted: boolean }
  | { readonly kind: "model" }
  /** Everything is as chosen already. */
  | { readonly kind: "nothing" }
  | { readonly kind: "left" }
  | { readonly kind: "refused"; readonly failure: Failure };

/** Null if the user ended it. */
export async function review(visit: Visit, one: Talk): Promise<Reviewed | null> {
  const { terminal } = one;
  for (;;) {
    const nonce = randomBytes(8).toString("hex");
    const prepared = await planFor(visit, nonce, null, terminal);
    if (!prepared.ok) return { kind: "refused", failure: prepared.error };
    const { plan } = prepared.value;
    sayPlan(prepared.value, one);
    const isSame = isNothing(plan);
    if (!isSame && (await rehearsed(prepared.value, one)) === "other-plan") continue;
    if (terminal.signal.aborted) return null;
    const refusal = isSame ? null : await refusalOf(prepared.value, terminal);
    if (refusal) sayFailure(one, refusal);
    const next = await askNext(prepared.value, !isSame && refusal === null, one);
    if (next === null) return null;
    switch (next) {
      case "start":
      case "write":
        return { kind: "write", prepared: prepared.value, isStarted: next === "start" };
      case "choose":
        if (!(await askChanges(prepared.value, one))) return null;
        continue;
      case "form":
        if (!(await askKeyForm(visit, plan, one))) return null;
        continue;
      case "model":
        return { kind: "model" };
      case "leave":
        return isSame ? { kind: "nothing" } : { kind: "left" };
    }
  }
}

function isNothing({ files, handOver, agentFiles }: Plan): boolean {
  return files.length === 0 && handOver === null && agentFiles.length === 0;
}

function sayPlan({ plan, found }: PreparedPlan, { asker, terminal }: Talk): void {
  const { words } = terminal;
  asker.say([""]);
  asker.title(words.review("title"));
  asker.say(planWords({ plan, found }, words));
  const made = plan.repairs.filter(({ accepted }) => accepted).length;
  const possible = plan.repairs.filter(({ accepted, blocked }) => !accepted && blocked === null);
  asker.say([
    ...(made > 0 ? [`  - ${words.review("alsoMade", { made })}`] : []),
    ...(possible.length > 0
      ? [`  - ${words.review("alsoPossible", { count: possible.length })}`]
      : []),
    ...immutableLines(plan, words, found),
    ...noticeLines(plan, words),
  ]);
  const files = planFiles(plan, words, isColoured(terminal), columnsOf(terminal));
  asker.show([...files, ...ownSourceLines(plan, words, isColoured(terminal))]);
  if (files.length > 0) asker.say(["", words.preview("masked")]);
}

type Next = "start" | "write" | "choose" | "form" | "model" | "leave";

async function askNext(
  { visit, plan, found }: PreparedPlan,
  isWritable: boolean,
  { asker, terminal }: Talk,
): Promise<Next | null> {
  const { cli, review: t, launch, model } = terminal.words;
  const way = isWritable ? await wayAfterWrite(visit.host.env, found) : null;
  const unseen = unseenAddress(plan, visit.host.env);
  const isUnseen =
    way !== null && unseen !== null && (unseen.why === "release" || isByService(way));
  const asks =
    visit.auth === "chatgpt"
      ? "login"
      : plan.snapshot.era.commands.inferModelRun === "none"
        ? "none"
        : "words";
  const offers = [
    ...(way === null
      ? []
      : [
          {
            value: "start" as const,
            name: launch("write"),
            about: [
              launch(`about.${way.kind}`),
              launch(`asks.${asks}`),
              ...(isUnseen ? unseenLines(unseen, plan, terminal.words) : []),
            ],
          },
        ]),
    ...(isWritable ? [{ value: "write" as const, name: t("write") }] : []),
    ...(hasChanges(plan) ? [{ value: "choose" as const, name: cli("talk.choose") }] : []),
    ...(plan.handOver?.credential !== "login" && plan.keyForms.length > 1
      ? [{ value: "form" as const, name: t("whereToKeep") }]
      : []),
    { value: "model" as const, name: model("own") },
    { value: "leave" as const, name: cli(isWritable ? "talk.refuse" : "talk.end") },
  ];
  const first = offers[0]?.value ?? "leave";
  asker.say([""]);
  return asker.choose<Next>(cli("talk.next"), offers, isWritable ? first : "leave");
}

function unseenLines({ why, to }: UnseenAddress, { snapshot }: Plan, { gateway }: Words): string[] {
  const release = snapshot.version ?? "";
  return [gateway(`address.${why}`, { release }), gateway("address.text", { to: visible(to) })];
}
