/** Signs in with ChatGPT from a terminal, by a short code or a pasted address. */

import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import { qrLines } from "@/cli/say/qr-text";
import { noteLine, onEnd, type Terminal } from "@/cli/terminal";
import type { DeviceSignIn, DeviceState } from "@/lib/openai/chatgpt/device-code";
import { problem, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { settledWithin } from "@/lib/system/job";
import { endDevice, releaseLogin, startDevice } from "@/lib/visit/sign-in/device";
import { startElsewhere } from "@/lib/visit/sign-in/elsewhere";
import type { Visit } from "@/lib/visit/visit";

/** The longest wait for ChatGPT's answer about the account. */
const ACCOUNT_MS = 5_000;
const REVOKE_MS = 3_000;

/** Null once the visit has its login. */
export async function signedInByCode(visit: Visit, terminal: Terminal): Promise<Failure | null> {
  await startDevice(visit);
  onEnd(terminal, () => endDevice(visit));
  const flow = visit.signIn.device;
  if (flow) await watched(flow, terminal);
  // The visit receives the result a moment after the flow ends.
  await flow?.finished.then(() => new Promise(setImmediate));
  return outcomeOf(visit, terminal);
}

/** `ask` returns the pasted text, or null if nobody answers. */
export async function signedInByPaste(
  visit: Visit,
  terminal: Terminal,
  ask: (question: string) => Promise<string | null>,
): Promise<Failure | null> {
  const { paste: t, cli } = terminal.words;
  const attempt = startElsewhere(visit);
  if (attempt === null) return outcomeOf(visit, terminal);
  for (const line of [t("lead"), t("open"), `  ${attempt.address}`, t("end"), t("endAbout")]) {
    noteLine(terminal, line);
  }
  while (visit.login === null && visit.signIn.problem === null) {
    const pasted = await ask(cli("pasteHidden", { label: t("label") }));
    if (pasted === null) {
      visit.signIn.problem = problem("cancelled");
      break;
    }
    const refused = await attempt.take(pasted);
    if (refused === null) break;
    noteLine(terminal, `${t(`refused.${refused}.title`)}. ${t(`refused.${refused}.next`)}`);
  }
  return outcomeOf(visit, terminal);
}

/** Revokes a login that OpenClaw did not take over. */
export async function leaveSignedOut(visit: Visit): Promise<void> {
  await releaseLogin(visit);
  const { revoking } = visit.signIn;
  if (revoking) await settledWithin(revoking, REVOKE_MS);
}

async function outcomeOf(visit: Visit, terminal: Terminal): Promise<Failure | null> {
  const { words } = terminal;
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
  reason: SignInProblem | null,
  { signInProblem: t }: Terminal["words"],
): Failure {
  const { code, detail } = reason ?? { code: "unexpected" as const, detail: "" };
  return {
    code: `sign-in-${code}`,
    exit: code === "cancelled" ? EXIT.interrupted : EXIT.credential,
    what: t(`${code}.title`),
    next: t(`${code}.next`),
    detail,
  };
}
