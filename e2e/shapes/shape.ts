/** One made-up config on one release: what OpenClaw says of it as it is, with what the table mends, and with its own doctor. */

import type { Subject } from "@/e2e/releases/judge";
import { choicesFor, look, pageEnvironment, planned } from "@/e2e/releases/setup";
import type { ConfigIssue } from "@/lib/openclaw/command/commands";
import { planSetup } from "@/lib/setup/plan/plan";
import type { Snapshot } from "@/lib/setup/snapshot";
import type { Plan } from "@/lib/setup/types";
import { askDoctor } from "@/lib/setup/verify/doctor/ask-doctor";
import { copyOf, validateCopy } from "@/lib/setup/verify/private-copy";
import { prepare } from "@/lib/setup/verify/verify";

export interface Shape {
  readonly name: string;
  readonly before: readonly ConfigIssue[];
  /** With what the table of releases knows. */
  readonly known: readonly ConfigIssue[];
  /** With what doctor was seen to do as well; null: nobody had to ask it. */
  readonly doctor: readonly ConfigIssue[] | null;
  /** Why doctor could not be asked. */
  readonly obstacle: string | null;
  readonly seconds: number | null;
  /** Comments of the config that are gone. */
  readonly lostComments: number;
}

export async function judgeShape(subject: Subject, name: string): Promise<Shape> {
  const snapshot = await look(subject);
  const plan = planned(snapshot, choicesFor(snapshot));
  const [before, known] = await Promise.all([
    issuesOf(subject, plan, "before"),
    issuesOf(subject, plan, "after"),
  ]);
  const comments = (text: string) => text.match(/\/\*[^*]*\*\/|\/\/ [^\n]*/gu) ?? [];
  const lost = (after: string) =>
    comments(plan.config.before ?? "").filter((one) => !after.includes(one)).length;
  const base = { name, before, known, doctor: null, obstacle: null, seconds: null };
  if (known.length === 0) return { ...base, lostComments: lost(plan.config.after) };
  const { signal } = new AbortController();
  const answer = await askDoctor(plan, known, pageEnvironment(subject), signal);
  if (answer.kind !== "looked") {
    const obstacle = answer.kind === "failed" ? answer.failure.detail : answer.kind;
    return { ...base, obstacle, lostComments: lost(plan.config.after) };
  }
  const mended = withRepairs(snapshot, answer.repairs);
  return {
    ...base,
    doctor: await issuesOf(subject, mended, "after"),
    seconds: answer.seconds,
    lostComments: lost(mended.config.after),
  };
}

function withRepairs(snapshot: Snapshot, doctorRepairs: Snapshot["doctorRepairs"]): Plan {
  const plan = planSetup({ ...snapshot, doctorRepairs }, choicesFor(snapshot));
  if (!plan.ok) throw new Error(plan.error.code);
  return plan.value;
}

async function issuesOf(
  subject: Subject,
  plan: Plan,
  side: "before" | "after",
): Promise<readonly ConfigIssue[]> {
  const ready = await prepare(pageEnvironment(subject), null);
  if ("kind" in ready) throw new Error(ready.kind);
  const { signal } = new AbortController();
  const checked = await validateCopy(plan, copyOf(plan, side), ready.runner, signal);
  if (!checked.ok) throw new Error(`${checked.error.code}: ${checked.error.detail}`);
  return checked.value;
}
