"use server";

/** What the forms of the review do: its options, what OpenClaw says of the plan, and the write. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { declineKinds, kindOf } from "@/lib/visit/decline";
import { startLaunch } from "@/lib/visit/gateway";
import { choicesChanged } from "@/lib/visit/outcome";
import { startWrite } from "@/lib/visit/write";

const nothing = z.object({});

/** Of findings on the page. */
const ids = z.union([z.string().max(500), z.array(z.string().max(500)).max(1000)]);

/** Of a button that takes or leaves everything of some kinds. */
const kinds = z
  .string()
  .max(500)
  .transform((list) => new Set(list.split(",")));

export const updateReview = action(
  z.object({
    keyForm: keyFormSchema.optional(),
    otherDefault: z.enum(["first", "instead", "after"]).optional(),
    "offered[]": ids.optional(),
    "accepted[]": ids.optional(),
    all: kinds.optional(),
    none: kinds.optional(),
  }),
  "/review",
  async (wizard, input) => {
    const offered = [input["offered[]"] ?? []].flat();
    const all = offered.filter((id) => input.all?.has(kindOf(id)));
    const accepted = [...new Set([...[input["accepted[]"] ?? []].flat(), ...all])];
    const taken = new Set(accepted);
    wizard.keyForm = input.keyForm ?? wizard.keyForm;
    wizard.otherDefault = input.otherDefault ?? wizard.otherDefault;
    wizard.accepted = accepted;
    wizard.declined = offered.filter((id) => !taken.has(id));
    if (input.none) await declineKinds(wizard, input.none);
    choicesChanged(wizard);
    return "/review";
  },
);

export const writeConfiguration = action(
  z.object({
    digest: z.string(),
    stamp: z.string().max(64).optional(),
    next: z.literal("start").optional(),
  }),
  "/review",
  async (wizard, { digest, stamp = null, next }) => {
    await startWrite(wizard, digest, next === "start" ? startLaunch : null, stamp);
    return wizard.outcome.kind === "idle" || wizard.outcome.kind === "undone" ? "/review" : "/done";
  },
);

export const skipJudgement = action(nothing, "/review", async (wizard) => {
  wizard.judgement?.job.cancel();
  return "/review";
});

export const askJudgementAgain = action(nothing, "/review", async (wizard) => {
  wizard.judgement?.job.cancel();
  wizard.judgement = null;
  return "/review";
});

export const skipDoctor = action(nothing, "/review", async (wizard) => {
  wizard.doctor?.job.cancel();
  return "/review";
});

export const askDoctorAgain = action(nothing, "/review", async (wizard) => {
  wizard.doctor?.job.cancel();
  wizard.doctor = null;
  return "/review";
});

export const skipRehearsal = action(nothing, "/review", async (wizard) => {
  wizard.rehearsal?.job.cancel();
  return "/review";
});

export const rehearseAgain = action(nothing, "/review", async (wizard) => {
  wizard.rehearsal?.job.cancel();
  wizard.rehearsal = null;
  return "/review";
});

export const takeRepair = action(
  z.object({ id: z.string() }),
  "/review",
  async (wizard, { id }) => {
    wizard.declined = wizard.declined.filter((one) => one !== id);
    wizard.accepted = [...new Set([...wizard.accepted, id])];
    choicesChanged(wizard);
    return "/review";
  },
);
