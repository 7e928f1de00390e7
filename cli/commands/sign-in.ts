/** `sign-in` signs in with ChatGPT by a code or another browser, and hands the login to OpenClaw or revokes it. */

import { randomBytes } from "node:crypto";
import type { Command } from "@/cli/command";
import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import { doctored } from "@/cli/steps/doctored";
import { givenAnswers } from "@/cli/steps/given-answers";
import { givenKeyText } from "@/cli/steps/key-source";
import { checkKey, missingKey, planFor, visitHost } from "@/cli/steps/prepare-plan";
import { mendCutOff } from "@/cli/steps/recovery";
import { leaveSignedOut, signedInByCode, signedInByPaste } from "@/cli/steps/signed-in";
import { writePrepared } from "@/cli/steps/write-plan";
import { askSecret, readInput, type Terminal } from "@/cli/terminal";
import { err } from "@/lib/result";
import { acceptBackup } from "@/lib/visit/backup";
import { takeAnswers } from "@/lib/visit/choices/answers";
import { newVisit, type Visit } from "@/lib/visit/visit";

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
      : null) ??
    (options.paste
      ? await signedInByPaste(visit, terminal, pasted(terminal, given.value.isInputFree))
      : await signedInByCode(visit, terminal));
  if (refused) return err(refused);
  try {
    const prepared = await doctored(
      await planFor(visit, nonce, given.value.digest, terminal),
      options,
      terminal,
    );
    if (!prepared.ok) return prepared;
    return await writePrepared(prepared.value, "sign-in", options, terminal);
  } finally {
    await leaveSignedOut(visit);
  }
};

/** Sets the backup of the subscription; null means it may be used. */
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

/** The address contains a code, so it is not shown. A script passes it on standard input. */
function pasted(terminal: Terminal, isInputFree: boolean) {
  let isRead = false;
  return async (question: string): Promise<string | null> => {
    if (terminal.stdin.isTTY) return askSecret(terminal, question);
    if (isRead || !isInputFree) return null;
    isRead = true;
    return readInput(terminal);
  };
}
