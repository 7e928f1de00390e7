/**
 * `sign-in`: signs in with ChatGPT on any device by a short code, and gives the login to OpenClaw. It lives in this
 * process alone: one that OpenClaw did not take over is ended at the service.
 */

import { randomBytes } from "node:crypto";
import type { Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import { qrLines } from "@/cli/say/qr-text";
import { givenAnswers } from "@/cli/steps/given-answers";
import { givenKeyText } from "@/cli/steps/key-source";
import { checkKey, missingKey, planFor, visitHost } from "@/cli/steps/prepare-plan";
import { mendCutOff } from "@/cli/steps/recovery";
import { writePrepared } from "@/cli/steps/write-plan";
import { noteLine, type Terminal } from "@/cli/terminal";
import type { DeviceSignIn, DeviceState } from "@/lib/openai/chatgpt/device-code";
import type { SignInProblem } from "@/lib/openai/chatgpt/problems";
import { err } from "@/lib/result";
import { settledWithin } from "@/lib/system/job";
import { acceptBackup } from "@/lib/visit/backup";
import { takeAnswers } from "@/lib/visit/choices/answers";
import { endDevice, releaseLogin, startDevice } from "@/lib/visit/sign-in/device";
import { newVisit, type Visit } from "@/lib/visit/visit";

/** ChatGPT is asked what the account may use; an answer that is slower than this is not waited for. */
const ACCOUNT_MS = 5_000;
const REVOKE_MS = 3_000;

export const signIn: Command = async (options, terminal) => {
  const { cli } = terminal.words;
  const given = await givenAnswers(options, terminal);
  if (!given.ok) return given;
  if (!terminal.isInteractive && !options.yes && !options["dry-run"]) {
    const next = cli("needsYesNext");
    return err({ code: "needs-yes", exit: EXIT.needsYes, what: cli("needsYes"), next });
  }
  if (!options["dry-run"]) await mendCutOff(options, terminal);
  const nonce = randomBytes(8).toString("hex");
  const visit = newVisit(visitHost(options, terminal));
  takeAnswers(visit, { ...given.value.answers, auth: "chatgpt" });
  const refused =
    (given.value.answers.backup
      ? await backUp(visit, options, terminal, given.value.isInputFree)
      : null) ?? (await signedIn(visit, terminal));
  if (refused) return err(refused);
  try {
    const prepared = await planFor(visit, nonce, given.value, terminal);
    if (!prepared.ok) return prepared;
    return await writePrepared(prepared.value, "sign-in", options, terminal);
  } finally {
    await releaseLogin(visit);
    const { revoking } = visit.signIn;
    if (revoking) await settledWithin(revoking, REVOKE_MS);
  }
};

/** A key that answers when the subscription does not; null: it may be used. */
async function backUp(
  visit: Visit,
  options: Options,
  terminal: Terminal,
  isInputFree: boolean,
): Promise<Failure | null> {
  const text = await givenKeyText(options, terminal, isInputFree);
  if (!text.ok) return text.error;
  if (text.value === null) return missingKey(terminal.words);
  const refused = await checkKey(visit, text.value, options, terminal);
  if (refused === null) acceptBackup(visit);
  return refused;
}

/** Null: the visit has its login. */
async function signedIn(visit: Visit, terminal: Terminal): Promise<Failure | null> {
  const { words, signal } = terminal;
  signal.addEventListener("abort", () => endDevice(visit), { once: true });
  await startDevice(visit);
  const flow = visit.signIn.device;
  if (flow) await watched(flow, terminal);
  // What became of it reaches the visit a moment after the flow itself.
  await flow?.finished.then(() => new Promise(setImmediate));
  if (visit.login === null) return problemFailure(visit.signIn.problem, words);
  const { account, check } = visit.login;
  noteLine(terminal, words.cli("signedIn", { account: account.email ?? account.accountId ?? "–" }));
  if (check) await settledWithin(check, ACCOUNT_MS);
  const answer = check?.result?.kind === "done" ? check.result.value : null;
  if (answer && answer.kind !== "usable") {
    const { accountCheck: t } = words;
    noteLine(terminal, `${t(`${answer.reason}.title`)}. ${t(`${answer.reason}.next`)}`);
  }
  return null;
}

async function watched(flow: DeviceSignIn, terminal: Terminal): Promise<void> {
  const { device: t } = terminal.words;
  let seen: DeviceState = flow.state;
  let isTold = false;
  while (seen.kind !== "signed-in" && seen.kind !== "failed") {
    if (seen.kind === "waiting" && !isTold) {
      isTold = true;
      for (const line of instructions(seen, terminal)) noteLine(terminal, line);
    } else if (seen.kind === "exchanging") noteLine(terminal, t("finishing"));
    seen = await flow.changed(seen);
  }
}

function instructions(
  { page, userCode, expiresAt }: Extract<DeviceState, { kind: "waiting" }>,
  terminal: Terminal,
): readonly string[] {
  const { device: t } = terminal.words;
  const left = Math.max(0, Math.ceil((expiresAt - Date.now()) / 1000));
  return [
    t("open"),
    `  ${page}`,
    ...qrLines(page, terminal),
    t("type"),
    `  ${userCode}`,
    t("left", { minutes: Math.floor(left / 60), seconds: left % 60 }),
    `${t("warning.title")}. ${t("warning.next")}`,
    t("prerequisite"),
    t("waiting"),
  ];
}

function problemFailure(
  problem: SignInProblem | null,
  { signInProblem: t }: Terminal["words"],
): Failure {
  const { code, detail } = problem ?? { code: "unexpected" as const, detail: "" };
  return {
    code: `sign-in-${code}`,
    exit: code === "cancelled" ? EXIT.interrupted : EXIT.credential,
    what: t(`${code}.title`),
    next: t(`${code}.next`),
    detail,
  };
}
