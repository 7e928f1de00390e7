/** Turns a command's input into a visit with a plan: checks the key and proposes a model. */

import { createHmac, randomBytes } from "node:crypto";
import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import {
  addressFailure,
  keyCheckFailure,
  keyCheckWords,
  keyQuestionFailure,
  keyRefusedFailure,
} from "@/cli/say/key-words";
import { planFailure } from "@/cli/say/plan-refusal";
import { givenAnswers } from "@/cli/steps/given-answers";
import { givenKeyText } from "@/cli/steps/key-source";
import { askSecret, noteLine, onEnd, type Terminal } from "@/cli/terminal";
import { createInstance } from "@/lib/door/instance";
import { nameOfAddress } from "@/lib/openai/base-url";
import { err, ok, type Result } from "@/lib/result";
import { maskSecret } from "@/lib/secrets/mask-secret";
import { findKey } from "@/lib/setup/machine/found-key";
import type { MachineView } from "@/lib/setup/machine/snapshot";
import type { Plan } from "@/lib/setup/types";
import { takeAnswers } from "@/lib/visit/choices/answers";
import { offeredModels } from "@/lib/visit/choices/models";
import { keyRoute, mayUseKey, offerKey } from "@/lib/visit/key";
import { givenKey } from "@/lib/visit/key-state";
import { currentLogin } from "@/lib/visit/login";
import { machine } from "@/lib/visit/machine";
import { planOf } from "@/lib/visit/plan-for-visit";
import { newVisit, type Visit, type VisitHost } from "@/lib/visit/visit";

export interface PreparedPlan {
  readonly visit: Visit;
  readonly plan: Plan;
  readonly found: MachineView;
  /** Lets another process make the same plan byte for byte. */
  readonly digest: string;
  /** The digest approved beforehand, if any. */
  readonly agreed: string | null;
}

export function visitHost(options: Options, { env }: Terminal): VisitHost {
  const profile = options.profile ?? null;
  const { signIn } = createInstance({ locale: null, profile });
  return { env, profile, signIn };
}

/** For an API key. Throws `UnreadableFile`. */
export async function preparePlan(
  options: Options,
  terminal: Terminal,
): Promise<Result<PreparedPlan, Failure>> {
  const given = await givenAnswers(options, terminal);
  if (!given.ok) return given;
  const { answers, digest, isInputFree } = given.value;
  if (answers.auth !== "api-key") {
    const { cli } = terminal.words;
    const next = cli("loginNext", { command: "openclaw-setup sign-in" });
    return err({ code: "needs-sign-in", exit: EXIT.usage, what: cli("loginNeeded"), next });
  }
  const host = visitHost(options, terminal);
  const text = await givenKeyText(options, terminal, isInputFree);
  if (!text.ok) return text;
  const key =
    text.value ??
    findKey((await machine({ host, target: null })).snapshot)?.value ??
    (await typedKey(options, terminal));
  if (key === null) return err(missingKey(terminal.words));
  const nonce = digest?.slice(0, 16) ?? randomBytes(8).toString("hex");
  const visit = newVisit(host, gatewayToken(key, nonce));
  takeAnswers(visit, answers);
  const refused = await checkKey(visit, key, options, terminal);
  if (refused) return err(refused);
  return planFor(visit, nonce, digest, terminal);
}

/** Asks only a user at a terminal; a program gets an error. Secret. */
async function typedKey({ json }: Options, terminal: Terminal): Promise<string | null> {
  if (json || !terminal.isInteractive) return null;
  return askSecret(terminal, terminal.words.cli("askKey"));
}

/** Derived from the key, so that two processes make the same plan without a secret in the report. */
function gatewayToken(key: string, nonce: string): string {
  return createHmac("sha256", key).update(`gateway ${nonce}`).digest("hex").slice(0, 48);
}

export function missingKey({ cli }: Terminal["words"]): Failure {
  const missing = { what: cli("noKey"), next: cli("noKeyNext") };
  return { code: "key-missing", exit: EXIT.credential, ...missing };
}

/** Checks the visit's key where OpenClaw will send it. Null if it may be used. */
export async function checkKey(
  visit: Visit,
  text: string,
  options: Options,
  terminal: Terminal,
): Promise<Failure | null> {
  const { words } = terminal;
  const route = await keyRoute(visit);
  if (!route.ok) return addressFailure(route.error, words);
  const who = nameOfAddress(route.value.baseUrl);
  if (terminal.isInteractive) {
    noteLine(terminal, words.key("asking", { who, key: maskSecret(text) }));
  }
  const job = await offerKey(visit, text, options["any-key"]);
  const { key } = visit;
  if (key.kind === "refused") return keyRefusedFailure(key.refusal, words);
  if (key.kind === "asked") return keyQuestionFailure(key.question, key.text, words);
  const cancel = () => job?.cancel();
  onEnd(terminal, cancel);
  await job?.settled;
  const value = givenKey(visit)?.value ?? text;
  const answer = job?.result?.kind === "done" ? job.result.value : null;
  if (!mayUseKey(visit)) return keyCheckFailure(answer, value, words);
  const said = keyCheckWords(answer, value, words);
  // Warns even if the key may be used.
  if (answer?.kind !== "works") noteLine(terminal, `${said.what}. ${said.next}`);
  else if (terminal.isInteractive) noteLine(terminal, said.what);
  return null;
}

/** `nonce` is the one that made the visit's gateway token; `agreed` the digest approved beforehand, if any. */
export async function planFor(
  visit: Visit,
  nonce: string,
  agreed: string | null,
  terminal: Terminal,
): Promise<Result<PreparedPlan, Failure>> {
  const { words } = terminal;
  const found = await machine(visit);
  visit.model ??= offeredModels(visit, found).proposed?.ref ?? null;
  if (visit.model === null) {
    const what = words.cli("noModel");
    return err({ code: "no-model", exit: EXIT.usage, what, next: words.cli("noModelNext") });
  }
  const plan = planOf(visit, found.snapshot, await currentLogin(visit));
  if (plan === null) throw new Error("a visit with a credential and a model has a plan");
  if (!plan.ok) return err(planFailure(plan.error, words, found.shown));
  const digest = `${nonce}.${plan.value.digest}`;
  return ok({ visit, plan: plan.value, found, digest, agreed });
}
