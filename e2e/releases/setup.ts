/** What the page does with a home, without the page: look, plan, write. */
import path from "node:path";
import { applyTransaction } from "@/lib/files/apply";
import type { Environment } from "@/lib/openclaw/places/home";
import type { ApiKeyChoices, Choices } from "@/lib/setup/choices";
import { takeSnapshot } from "@/lib/setup/machine/snapshot";
import { modelOf } from "@/lib/setup/model-ref";
import { planSetup } from "@/lib/setup/plan/plan";
import type { Snapshot } from "@/lib/setup/snapshot";
import { chosen } from "@/lib/setup/testing/machine";
import type { Plan } from "@/lib/setup/types";
import { type Written, writePlan } from "@/lib/setup/write/write";
import type { Subject } from "./judge";
import { judge } from "./verdict";

export const KEY = "sk-proj-release0aaaa1bbbb2cccc3dddd4eeee5ffff";

/** The environment in which the page would run on the subject's machine. */
export function pageEnvironment({ home, release, env }: Subject): Environment {
  return {
    HOME: home.dir,
    PATH: [release.binDir, path.dirname(release.node), "/usr/bin", "/bin"].join(path.delimiter),
    ...env,
  };
}

/** The same, in which a release that wants a plugin from npm gets none. */
export function closedEnvironment(subject: Subject): Environment {
  return { ...pageEnvironment(subject), npm_config_registry: "http://127.0.0.1:9/" };
}

/** The machine as the page sees it; fails where it does not find the subject's release. */
export async function look(subject: Subject): Promise<Snapshot> {
  const snapshot = await takeSnapshot(pageEnvironment(subject), subject.profile ?? null);
  judge(snapshot.version === subject.release.version, `the page sees ${snapshot.version}`);
  return snapshot;
}

export function choicesFor(snapshot: Snapshot, more: Partial<ApiKeyChoices> = {}): Choices {
  return chosen({ apiKey: KEY, model: snapshot.era.defaultModel.apiKey, ...more });
}

/** Fails on a refusal. */
export function planned(snapshot: Snapshot, choices: Choices): Plan {
  const plan = planSetup(snapshot, choices);
  return plan.ok ? plan.value : judge(false, `no plan: ${JSON.stringify(plan.error)}`);
}

/** Plans and writes; fails on a refusal of either. */
export async function setUp(subject: Subject, more: Partial<ApiKeyChoices> = {}): Promise<Plan> {
  const snapshot = await look(subject);
  const plan = planned(snapshot, choicesFor(snapshot, more));
  const applied = await applyTransaction(plan.files, {
    root: snapshot.stateDir,
    allowedRoots: [path.dirname(snapshot.configPath)],
    label: "release test",
  });
  if (!applied.ok) return judge(false, `not written: ${JSON.stringify(applied.error)}`);
  const again = await look(subject);
  const second = planSetup(again, choicesFor(again, more));
  judge(second.ok && second.value.files.length === 0, "a second plan would change something again");
  return plan;
}

/** The page's own write, with what OpenClaw has to take over, which `setUp` leaves out. */
export async function writeAsPage(
  subject: Subject,
  choose: (snapshot: Snapshot) => Choices = choicesFor,
): Promise<{ readonly plan: Plan; readonly written: Written }> {
  const snapshot = await look(subject);
  const plan = planned(snapshot, choose(snapshot));
  const { signal } = new AbortController();
  const written = await writePlan(plan, closedEnvironment(subject), signal);
  if (!written.ok) return judge(false, `not written: ${JSON.stringify(written.error)}`);
  return { plan, written: written.value };
}

/** A model as a person describes it in a provider's entry. */
export function describedModel(ref: string) {
  const cost = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  const id = modelOf(ref);
  const size = { contextWindow: 128_000, maxTokens: 8192 };
  return { id, name: id, reasoning: false, input: ["text"], cost, ...size };
}
