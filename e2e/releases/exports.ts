/** What is exported, put to real releases: valid with its variables set, and a reply by the key of the variable. */

import { ENGINES, type Engine } from "@/lib/openclaw/deployments/shapes";
import { exportSetup } from "@/lib/setup/export/export-setup";
import { planOfExport } from "@/lib/setup/export/plan-of-export";
import type { Export } from "@/lib/setup/export/types";
import { rehearse } from "@/lib/setup/verify/rehearsal/rehearse";
import type { Case } from "./case";
import { askStatus, askValid, lookupOf, type Subject } from "./judge";
import { furnish } from "./lived-in";
import { proveKey } from "./prove";
import { closedEnvironment, KEY, look } from "./setup";
import { judge } from "./verdict";

/** Of the subject's own machine, for its own release. */
export async function exported(subject: Subject, engine: Engine): Promise<Export> {
  const { era } = lookupOf(subject);
  const made = exportSetup(
    await look(subject),
    {
      auth: "api-key",
      model: era.defaultModel.apiKey,
      otherDefault: null,
      keyForm: null,
      declined: [],
      accepted: [],
    },
    { engine, release: subject.release.version },
  );
  return made.ok ? made.value : judge(false, `not exported: ${JSON.stringify(made.error)}`);
}

/** Each variable as an engine would set it. */
export function variablesOf({ variables }: Export): Record<string, string> {
  const values = variables.map((name) => [
    name,
    name === "OPENAI_API_KEY" ? KEY : `given-where-it-runs-${name.toLowerCase()}`,
  ]);
  return Object.fromEntries(values);
}

/** As the only config of a home, without a `.env`. */
async function settle(subject: Subject, made: Export): Promise<Subject> {
  await subject.home.write(".openclaw/openclaw.json", made.config as object);
  await subject.home.write(".openclaw/.env", "");
  return { ...subject, env: { ...subject.env, ...variablesOf(made) } };
}

function validCase(name: string, folder: string | null): Case {
  return {
    group: "export",
    name,
    async run(subject) {
      if (folder !== null) await furnish(subject, folder);
      const all = [];
      for (const engine of ENGINES) all.push(await exported(subject, engine));
      const told: string[] = [];
      for (const made of all) {
        const there = await settle(subject, made);
        const valid = await askValid(there);
        judge(
          valid.verdict !== "refused",
          `${made.engine}: ${"detail" in valid ? valid.detail : ""}`,
        );
        if (valid.verdict === "no-such-command") {
          const status = await askStatus(there);
          judge(status.answered, `${made.engine}: ${status.detail}`);
        }
        told.push(made.engine);
      }
      return told.join(", ");
    },
  };
}

const turnCase: Case = {
  group: "export",
  name: "a reply by the key of the variable",
  short: true,
  async run(subject) {
    return proveKey(await settle(subject, await exported(subject, "compose")));
  },
};

const rehearsedCase: Case = {
  group: "export",
  name: "rehearsed",
  async run(subject) {
    await furnish(subject, "household");
    const made = await exported(subject, "kubernetes");
    const plan = planOfExport(await look(subject), made, { kind: "key", secret: KEY });
    if (!plan.ok) return judge(false, JSON.stringify(plan.error));
    const own = plan.value.files.filter(({ role }) => role === "config");
    judge(own.length === 0, "a plan over the exported config would change it again");
    const saw = await rehearse(
      plan.value,
      { kind: "key", secret: KEY },
      closedEnvironment(subject),
      new AbortController().signal,
    );
    judge(saw.kind === "rehearsed", JSON.stringify(saw));
    return JSON.stringify(saw);
  },
};

export const EXPORTS: readonly Case[] = [
  validCase("valid for every engine", null),
  validCase("valid for every engine, lived-in", "household"),
  turnCase,
  rehearsedCase,
];
