/** What a release says of a turn that came to nothing, or was answered by another, and what is made of it. */

import { findJson } from "@/lib/openclaw/command/answer";
import { turnFailureOf } from "@/lib/openclaw/command/failure";
import { outcomeOf, TurnAnswer } from "@/lib/openclaw/command/turn";
import type { RefusalCode } from "@/lib/openclaw/releases/refusals";
import { differencesOf } from "@/lib/setup/verify/reply-differences";
import type { Case } from "./case";
import { ask, type Subject } from "./judge";
import { describedModel, KEY, setUp } from "./setup";
import { judge } from "./verdict";

const TURN = ["agent", "--local", "--agent", "main", "--message=ping", "--json"];

/** Each by the words of the release under test, and never as an error without a name. */
export const refusedTurns: readonly Case[] = [
  refusedCase(401, "key-refused"),
  refusedCase(429, "no-credit"),
  {
    group: "answer",
    name: "a fallback of another provider",
    async run(subject) {
      await subject.home.write(".openclaw/openclaw.json", withProxy(subject));
      const { model } = await setUp(subject, { otherDefault: "first" });
      subject.server.refuse(KEY, 429);
      const run = await ask(subject, TURN);
      const answer = findJson([run.stdout, run.stderr], TurnAnswer);
      const outcome = answer ? outcomeOf(answer, run.ms, run.stderr) : null;
      if (outcome?.kind !== "reply") return judge(false, `no reply: ${run.stderr.slice(-300)}`);
      const chosen = {
        model,
        behind: null,
        credential: { kind: "key", tail: KEY.slice(-4) },
        host: null,
        writtenAt: 0,
      } as const;
      const seen = { ...outcome.reply, credential: null, host: null };
      const [difference] = differencesOf(chosen, seen);
      judge(difference?.answered === "myproxy/foo", `taken for the choice: ${seen.model}`);
      return difference?.why.kind ?? "";
    },
  },
];

function refusedCase(status: number, code: RefusalCode): Case {
  return {
    group: "answer",
    name: `a turn refused with ${status}`,
    async run(subject) {
      await setUp(subject);
      subject.server.refuse(KEY, status);
      const run = await ask(subject, TURN);
      judge(subject.server.turns().length > 0, "nothing was asked");
      const answer = findJson([run.stdout, run.stderr], TurnAnswer);
      const outcome = answer ? outcomeOf(answer, run.ms, run.stderr) : null;
      judge(outcome?.kind !== "reply", "taken for a reply");
      const ended = { args: TURN, startError: null, aborted: false, durationMs: run.ms };
      const said = outcome?.kind === "error" ? outcome.text : null;
      const failure = turnFailureOf(
        { ...run, ...ended, truncated: false, signal: null },
        [KEY],
        said,
      );
      judge(failure.code === code, `told as ${failure.code}: ${failure.detail.slice(-300)}`);
      judge(failure.sentence !== "", "without a sentence");
      return failure.sentence.slice(0, 100);
    },
  };
}

/** A provider of the person's own as the default, answered by the same server under another key. */
function withProxy(subject: Subject): object {
  const { server } = subject;
  const entry = {
    baseUrl: server.apiBase,
    apiKey: "proxy-key-123456789",
    api: "openai-completions",
    models: [describedModel("myproxy/foo")],
  };
  return {
    agents: { defaults: { model: { primary: "myproxy/foo" } } },
    models: { providers: { myproxy: entry } },
  };
}
