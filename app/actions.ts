"use server";

/** What the forms of the steps do. */

import { cookies } from "next/headers";
import * as z from "zod";
import { action } from "@/app/_server/action";
import { judgementOf } from "@/app/_server/judgement";
import { keyWorks, offerKey } from "@/app/_server/key";
import { currentLogin, forgetLogin } from "@/app/_server/login";
import { readSnapshot } from "@/app/_server/machine";
import { currentInstance } from "@/lib/door/instance";
import { isLocale, LOCALE_COOKIE } from "@/lib/i18n/locales";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { targetReleaseSchema } from "@/lib/setup/machine/target-release";
import { parseModelRef } from "@/lib/setup/model-choices";
import type { Plan } from "@/lib/setup/types";
import { forbids, type Judgement } from "@/lib/setup/verify/preflight";
import { requestReply } from "@/lib/setup/verify/reply";
import { verifySetup } from "@/lib/setup/verify/verify";
import { forgetBackups as forgetKept, undoWrite, writePlan } from "@/lib/setup/write/write";
import { THEME_COOKIE, THEMES } from "@/lib/theme";
import { chosenBy } from "@/lib/visit/chosen";
import { type Job, settledWithin, startJob } from "@/lib/visit/job";
import { planOf } from "@/lib/visit/plan-for-visit";
import type { Wizard } from "@/lib/visit/visit";

const PAGES = [
  "/",
  "/key",
  "/sign-in",
  "/sign-in/device",
  "/sign-in/paste",
  "/model",
  "/backup",
  "/review",
  "/done",
] as const;
const nothing = z.object({});
const secretsOf = (wizard: Wizard) => (wizard.key ? [wizard.key.value] : []);

export const chooseAuth = action(
  z.object({
    auth: z.enum(["api-key", "chatgpt"]),
    target: targetReleaseSchema.optional(),
  }),
  "/",
  async (wizard, { auth, target }) => {
    wizard.auth = auth;
    wizard.target = target ?? wizard.target;
    wizard.model = null;
    return auth === "chatgpt" ? "/sign-in" : "/key";
  },
);

export const submitKey = action(
  z.object({ key: z.string().max(100_000) }),
  "/key",
  async (wizard, { key }) => {
    wizard.auth = "api-key";
    // An empty field keeps the key that was given before.
    if (key.trim() === "" && wizard.key) return "/model";
    const job = await offerKey(wizard, key);
    wizard.checkAwaited = job !== null && job.result === null;
    return keyWorks(job) ? "/model" : "/key";
  },
);

/** The person was asked about what they pasted, and wants it sent. */
export const confirmKey = action(nothing, "/key", async (wizard) => {
  const asked = wizard.keyQuestion;
  if (asked === null) return "/key";
  const job = await offerKey(wizard, asked.text, true);
  wizard.checkAwaited = job !== null && job.result === null;
  return keyWorks(job) ? "/model" : "/key";
});

export const cancelCheck = action(nothing, "/key", async (wizard) => {
  wizard.check?.cancel();
  await wizard.check?.settled;
  return "/key";
});

export const forgetKey = action(nothing, "/key", async (wizard) => {
  wizard.check?.cancel();
  wizard.check = null;
  wizard.key = null;
  wizard.keyRefusal = null;
  wizard.keyQuestion = null;
  wizard.backup = false;
  return "/key";
});

export const chooseModel = action(
  z.object({ model: z.string().max(500).optional(), other: z.string().max(500).optional() }),
  "/model",
  async (wizard, { model, other }) => {
    const wanted = parseModelRef(other?.trim() || model || "");
    if (!wanted.ok) {
      wizard.modelRefusal = wanted.error.code;
      return "/model";
    }
    wizard.modelRefusal = null;
    wizard.model = wanted.value.ref;
    wizard.write = null;
    return "/review";
  },
);

/** Of findings on the page. */
const ids = z.union([z.string().max(500), z.array(z.string().max(500)).max(1000)]);

export const updateReview = action(
  z.object({
    keyForm: keyFormSchema.optional(),
    otherDefault: z.enum(["first", "instead", "after"]).optional(),
    "offered[]": ids.optional(),
    "accepted[]": ids.optional(),
  }),
  "/review",
  async (wizard, input) => {
    const accepted = [input["accepted[]"] ?? []].flat();
    const taken = new Set(accepted);
    wizard.keyForm = input.keyForm ?? wizard.keyForm;
    wizard.otherDefault = input.otherDefault ?? wizard.otherDefault;
    wizard.accepted = accepted;
    wizard.declined = [input["offered[]"] ?? []].flat().filter((id) => !taken.has(id));
    wizard.write = null;
    return "/review";
  },
);

export const writeConfiguration = action(
  z.object({ digest: z.string() }),
  "/review",
  async (wizard, { digest }) => {
    if (wizard.writing?.job.result === null || wizard.undoing?.result === null) return "/done";
    const snapshot = await readSnapshot(wizard);
    const plan = planOf(wizard, snapshot, await currentLogin(wizard));
    if (!plan?.ok) return "/review";
    if (plan.value.digest !== digest) {
      wizard.write = { kind: "changed" };
      return "/review";
    }
    wizard.write = null;
    const judgement = judgementOf(wizard, plan.value);
    // Who writes has read enough; OpenClaw is asked once more afterwards.
    wizard.rehearsal?.job.cancel();
    const rehearsed = wizard.rehearsal?.job.settled;
    const job = startJob(async (signal) => {
      await rehearsed;
      if (await mayWrite(wizard, judgement, signal)) await write(wizard, plan.value, signal);
    });
    wizard.writing = { gives: givenBy(plan.value), job };
    await settledWithin(job);
    return job.result === null || wizard.write !== null ? afterWrite(wizard) : "/review";
  },
);

function givenBy({ handOver, agentFiles }: Plan) {
  return handOver?.credential ?? (agentFiles.length > 0 ? "key" : "files");
}

/** Waits for what the installed OpenClaw says; an answer that does not come keeps nobody from writing. */
async function mayWrite(
  wizard: Wizard,
  judgement: Job<Judgement>,
  signal: AbortSignal,
): Promise<boolean> {
  const cancelled = new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
  if (!judgement.cancelled) await Promise.race([judgement.settled, cancelled]);
  const answer = judgement.result?.kind === "done" ? judgement.result.value : null;
  if (forbids(answer)) wizard.write = { kind: "objected" };
  return !signal.aborted && !forbids(answer);
}

export const skipJudgement = action(nothing, "/review", async (wizard) => {
  wizard.judgement?.job.cancel();
  return "/review";
});

export const askJudgementAgain = action(nothing, "/review", async (wizard) => {
  wizard.judgement?.job.cancel();
  wizard.judgement = null;
  return "/review";
});

function afterWrite({ write: outcome }: Wizard): "/done" | "/review" {
  return outcome === null || outcome.kind === "applied" ? "/done" : "/review";
}

async function write(wizard: Wizard, plan: Plan, signal: AbortSignal): Promise<void> {
  const written = await writePlan(plan, process.env, signal);
  if (!written.ok) {
    const { error } = written;
    if (error.kind === "hand-over") wizard.write = { kind: "hand-over-failed", failure: error };
    else if (error.refusal.code === "changed-since-preview") wizard.write = { kind: "changed" };
    else wizard.write = { kind: "refused", refusal: error.refusal };
    return;
  }
  wizard.chosen = chosenBy(plan, wizard, Date.now());
  // OpenClaw has the login now: two holders of one refresh token would end it for each other.
  if (plan.handOver?.credential === "login") await forgetLogin(wizard);
  wizard.reply = null;
  wizard.verification = startJob((ended) =>
    verifySetup(process.env, plan.snapshot.profile, plan.secrets, ended, wizard.chosen),
  );
  wizard.write = { kind: "applied", written: written.value };
}

export const undo = action(nothing, "/done", async (wizard) => {
  if (wizard.undoing?.result === null) return "/done";
  if (wizard.write?.kind !== "applied" && wizard.write?.kind !== "undo-refused") return "/done";
  const { written } = wizard.write;
  wizard.undoing = startJob(async () => {
    for (const job of [wizard.verification, wizard.reply]) {
      job?.cancel();
      // It may have the store open that is to be put back.
      await job?.settled;
    }
    const undone = await undoWrite(written);
    wizard.write = undone.ok
      ? { kind: "undone", root: written.root, undone: undone.value }
      : { kind: "undo-refused", refusal: undone.error, written };
  });
  await settledWithin(wizard.undoing);
  return "/done";
});

/** The last copies of what was replaced; the page says that nothing can be undone after that. */
export const forgetBackups = action(nothing, "/done", async (wizard) => {
  const { write: outcome } = wizard;
  if (outcome?.kind !== "undone") return "/done";
  const { root, undone } = outcome;
  const forgotten = await forgetKept(root);
  wizard.write = {
    kind: "undone",
    root,
    undone: forgotten.ok
      ? { ...undone, kept: forgotten.value, left: null }
      : { ...undone, left: forgotten.error },
  };
  return "/done";
});

export const verifyAgain = action(nothing, "/done", async (wizard) => {
  wizard.verification?.cancel();
  const { profile } = currentInstance();
  wizard.verification = startJob((signal) =>
    verifySetup(process.env, profile, secretsOf(wizard), signal, wizard.chosen),
  );
  return "/done";
});

export const askForReply = action(
  z.object({ extent: z.enum(["words", "turn"]).optional() }),
  "/done",
  async (wizard, { extent = "words" }) => {
    wizard.reply?.cancel();
    const { profile } = currentInstance();
    wizard.reply = startJob((signal) =>
      requestReply(process.env, profile, secretsOf(wizard), signal, wizard.chosen, extent),
    );
    return "/done";
  },
);

/** Whichever of them runs: what OpenClaw says, or its reply. */
export const cancelAsking = action(nothing, "/done", async (wizard) => {
  for (const job of [wizard.reply, wizard.verification]) {
    job?.cancel();
    if (job) await settledWithin(job);
  }
  return "/done";
});

/** The page of the write says what is put back, and leads to the review after that. */
export const cancelWrite = action(nothing, "/done", async (wizard) => {
  wizard.writing?.job.cancel();
  if (wizard.writing) await settledWithin(wizard.writing.job);
  return "/done";
});

export const setLocale = action(
  z.object({ locale: z.string(), from: z.enum(PAGES) }),
  "/",
  async (_wizard, { locale, from }) => {
    if (isLocale(locale)) {
      (await cookies()).set(LOCALE_COOKIE, locale, { httpOnly: true, sameSite: "strict" });
    }
    return from;
  },
);

export const setTheme = action(
  z.object({ theme: z.enum(THEMES), from: z.enum(PAGES) }),
  "/",
  async (_wizard, { theme, from }) => {
    (await cookies()).set(THEME_COOKIE, theme, { httpOnly: true, sameSite: "strict" });
    return from;
  },
);
