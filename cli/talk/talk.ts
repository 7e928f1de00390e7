/** Runs the talk: machine, credential, model, review, write and answer. */

import type { Answer } from "@/cli/command";
import { EXIT, type ExitCode } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import { machineText } from "@/cli/say/machine-text";
import { visitHost } from "@/cli/steps/prepare-plan";
import { mendCutOff } from "@/cli/steps/recovery";
import { leaveSignedOut } from "@/cli/steps/signed-in";
import { sayFailure, type Talk } from "@/cli/talk/common";
import { askCredential } from "@/cli/talk/credential";
import { askModel } from "@/cli/talk/model";
import { review } from "@/cli/talk/review";
import { writeAndFollow } from "@/cli/talk/write";
import { err, ok, type Result } from "@/lib/result";
import { machine } from "@/lib/visit/machine";
import { newVisit, type Visit } from "@/lib/visit/visit";

export async function talk(one: Talk): Promise<Result<Answer, Failure>> {
  const { options, terminal } = one;
  const isHere = await askPlace(one);
  if (isHere === null) return stopped(one);
  if (!isHere) {
    terminal.goToPage?.();
    return ended(EXIT.done);
  }
  await mendCutOff(options, terminal);
  const visit = newVisit(visitHost(options, terminal));
  try {
    return await setUp(visit, one);
  } finally {
    await leaveSignedOut(visit);
  }
}

/** Whether to continue in the terminal; null if the user ended it. */
async function askPlace({ terminal, asker }: Talk): Promise<boolean | null> {
  const { app, cli } = terminal.words;
  asker.title(app("name"));
  asker.say([app("description"), ""]);
  if (terminal.goToPage === null) {
    asker.say([cli("talk.pageInstead", { command: "openclaw-setup --no-open" })]);
    return true;
  }
  const offers = [
    { value: true, name: cli("talk.here"), about: [cli("talk.hereAbout")] },
    { value: false, name: cli("talk.page"), about: [cli("talk.pageAbout")] },
  ];
  return asker.choose(cli("talk.where"), offers, true);
}

async function setUp(visit: Visit, one: Talk): Promise<Result<Answer, Failure>> {
  const { terminal, asker } = one;
  const found = await machine(visit);
  const { facts, problems } = machineText(found, terminal.words);
  asker.say([terminal.words.cli("talk.leave"), ""]);
  asker.title(terminal.words.found("title"));
  asker.say([...facts.map((line) => `- ${line}`), ...problems.map((line) => `! ${line}`), ""]);
  // The unreadable config has been reported, and no answer would lead to a plan.
  if (found.broken !== null) return ended(EXIT.noPlan);
  if (!(await askCredential(visit, found, one))) return stopped(one);
  let isModelOpen = true;
  for (;;) {
    if (isModelOpen && !(await askModel(visit, one))) return stopped(one);
    isModelOpen = false;
    const reviewed = await review(visit, one);
    if (reviewed === null) return stopped(one);
    if (reviewed.kind === "refused") return err(reviewed.failure);
    if (reviewed.kind === "nothing") return ended(EXIT.done);
    if (reviewed.kind === "left") {
      const what = terminal.words.cli("declined");
      return err({ code: "declined", exit: EXIT.needsYes, what, next: "" });
    }
    if (reviewed.kind === "model") {
      isModelOpen = true;
      visit.model = null;
      continue;
    }
    const written = await writeAndFollow(reviewed.prepared, reviewed.isStarted, one);
    if (written.ok) return ended(written.value);
    sayFailure(one, written.error);
    if (terminal.signal.aborted) return written;
  }
}

/** Ends before the write, silently after a signal. */
function stopped({ asker, terminal }: Talk): Result<Answer, Failure> {
  asker.say(["", terminal.words.cli("cancelled")]);
  return ended(EXIT.interrupted);
}

function ended(exit: ExitCode): Result<Answer, Failure> {
  return ok({ report: null, lines: [], exit });
}
