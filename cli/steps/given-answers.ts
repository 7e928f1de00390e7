/** Reads a command's choices from an answers file, a plan on standard input and its options, which win. */

import { EXIT } from "@/cli/exit-codes";
import type { Failure } from "@/cli/failure";
import type { Options } from "@/cli/options";
import { planReportSchema } from "@/cli/report/plan-schema";
import { readInput, type Terminal } from "@/cli/terminal";
import { err, ok, type Result } from "@/lib/result";
import { readText } from "@/lib/system/read.mjs";
import { parseJson } from "@/lib/text/json";
import { visible } from "@/lib/text/visible";
import { type Answers, answersSchema } from "@/lib/visit/choices/answers";

export interface GivenAnswers {
  readonly answers: Answers;
  /** The digest that the user has approved, if any. */
  readonly digest: string | null;
  /** Standard input is still unread. */
  readonly isInputFree: boolean;
}

/** `--digest -` reads choices and digest from a `plan --json` report on standard input. */
export async function givenAnswers(
  options: Options,
  terminal: Terminal,
): Promise<Result<GivenAnswers, Failure>> {
  const { cli } = terminal.words;
  const wrong = (code: string, what: string, next = "", path: string | null = null) =>
    err({ code, exit: EXIT.usage, what, next, path });
  if (options.digest === "-") {
    const report = planReportSchema.safeParse(parseJson((await readInput(terminal)) ?? ""));
    if (!report.success) return wrong("plan-unreadable", cli("planUnread"), cli("planUnreadNext"));
    const { choices, digest } = report.data;
    return ok({ answers: withOptions(choices, options), digest, isInputFree: false });
  }
  const digest = options.digest ?? null;
  if (options.answers === undefined) {
    const answers = answersSchema.parse({ version: 1 });
    return ok({ answers: withOptions(answers, options), digest, isInputFree: true });
  }
  const file = visible(options.answers);
  const isInput = options.answers === "-";
  const text = isInput ? await readInput(terminal) : readText(options.answers);
  if (text === null) return wrong("answers-missing", cli("answersMissing", { path: file }));
  const read = answersSchema.safeParse(parseJson(text));
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = visible([...(issue?.path ?? [])].join(".") || "{}");
    const what = cli("answersWrong", { path: file, place });
    return wrong("answers-invalid", what, visible(issue?.message ?? ""), options.answers);
  }
  return ok({ answers: withOptions(read.data, options), digest, isInputFree: !isInput });
}

function withOptions(answers: Answers, options: Options): Answers {
  const { model, target, accept, decline } = options;
  const keyForm = options["key-form"];
  const otherDefault = options["other-default"];
  const isNamed = (id: string) => accept.includes(id) || decline.includes(id);
  return {
    ...answers,
    ...(model === undefined ? {} : { model }),
    ...(target === undefined ? {} : { target }),
    ...(keyForm === undefined ? {} : { keyForm }),
    ...(otherDefault === undefined ? {} : { otherDefault }),
    accepted: [...answers.accepted.filter((id) => !isNamed(id)), ...accept],
    declined: [...answers.declined.filter((id) => !isNamed(id)), ...decline],
  };
}
