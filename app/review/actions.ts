"use server";

/** The form actions of the review: options, checks and the write. */

import { z } from "zod";
import { action } from "@/app/_server/action";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { declineKinds, kindOf } from "@/lib/visit/decline";
import { startLaunch } from "@/lib/visit/gateway";
import { choicesChanged } from "@/lib/visit/outcome";
import { startWrite } from "@/lib/visit/write";

const nothing = z.object({});

const ids = z.union([z.string().max(500), z.array(z.string().max(500)).max(1000)]);

/** Kinds whose changes a button accepts or declines together. */
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
  async (visit, input) => {
    const offered = [input["offered[]"] ?? []].flat();
    const all = offered.filter((id) => input.all?.has(kindOf(id)));
    const accepted = [...new Set([...[input["accepted[]"] ?? []].flat(), ...all])];
    const taken = new Set(accepted);
    visit.keyForm = input.keyForm ?? visit.keyForm;
    visit.otherDefault = input.otherDefault ?? visit.otherDefault;
    visit.accepted = accepted;
    visit.declined = offered.filter((id) => !taken.has(id));
    if (input.none) await declineKinds(visit, input.none);
    choicesChanged(visit);
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
  async (visit, { digest, stamp = null, next }) => {
    await startWrite(visit, digest, next === "start" ? startLaunch : null, stamp);
    return visit.outcome.kind === "idle" || visit.outcome.kind === "undone" ? "/review" : "/done";
  },
);

export const skipPreflight = action(nothing, "/review", async (visit) => {
  visit.preflight?.job.cancel();
  return "/review";
});

export const preflightAgain = action(nothing, "/review", async (visit) => {
  visit.preflight?.job.cancel();
  visit.preflight = null;
  return "/review";
});

export const skipDoctor = action(nothing, "/review", async (visit) => {
  visit.doctor?.job.cancel();
  return "/review";
});

export const askDoctorAgain = action(nothing, "/review", async (visit) => {
  visit.doctor?.job.cancel();
  visit.doctor = null;
  return "/review";
});

export const skipRehearsal = action(nothing, "/review", async (visit) => {
  visit.rehearsal?.job.cancel();
  return "/review";
});

export const rehearseAgain = action(nothing, "/review", async (visit) => {
  visit.rehearsal?.job.cancel();
  visit.rehearsal = null;
  return "/review";
});

export const takeRepair = action(z.object({ id: z.string() }), "/review", async (visit, { id }) => {
  visit.declined = visit.declined.filter((one) => one !== id);
  visit.accepted = [...new Set([...visit.accepted, id])];
  choicesChanged(visit);
  return "/review";
});
