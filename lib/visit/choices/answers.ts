/** Saves and restores a visit's choices as a file without secrets. */

import * as z from "zod";
import { fleetInstancesSchema } from "@/lib/setup/export/fleet-instances";
import { keyFormSchema } from "@/lib/setup/key-forms";
import { targetReleaseSchema } from "@/lib/setup/machine/target-release";
import { givenKey } from "@/lib/visit/key-state";
import type { Visit } from "@/lib/visit/visit";

/** Ids of findings, such as `second-key-dotenv`. */
const ids = z.array(z.string().max(500)).max(1000);

export const answersSchema = z
  .strictObject({
    $schema: z.string().max(500).optional(),
    version: z.literal(1).describe("Of this format."),
    auth: z
      .enum(["api-key", "chatgpt"])
      .default("api-key")
      .describe("How OpenAI is used; the key or login itself is never part of this file."),
    model: z
      .string()
      .max(200)
      .optional()
      .describe("As provider/model; without it the one that is proposed."),
    target: targetReleaseSchema
      .optional()
      .describe("The release of OpenClaw to prepare the files for, where none is installed."),
    keyForm: keyFormSchema
      .optional()
      .describe("Where the key is kept; without it the place recommended for the release."),
    otherDefault: z
      .enum(["first", "instead", "after"])
      .optional()
      .describe("What becomes of a default model of another provider."),
    backup: z.boolean().default(false).describe("A key answers when the subscription does not."),
    accepted: ids.default([]).describe("Ids of offers that are taken up."),
    declined: ids.default([]).describe("Ids of changes that are left out."),
    instances: fleetInstancesSchema
      .optional()
      .describe("For `export`: each with its name, agents, model and the variable of its key."),
  })
  .describe("Choices for OpenClaw Setup, version 1.");

export type Answers = z.infer<typeof answersSchema>;

export function answersOf(visit: Visit): Answers {
  const { auth, model, target, keyForm, otherDefault, accepted, declined } = visit;
  return {
    version: 1,
    auth: auth ?? "api-key",
    ...(model === null ? {} : { model }),
    ...(target === null ? {} : { target }),
    ...(keyForm === null ? {} : { keyForm }),
    ...(otherDefault === null ? {} : { otherDefault }),
    backup: givenKey(visit)?.asBackup ?? false,
    accepted: [...accepted],
    declined: [...declined],
  };
}

/** Takes the file's choices; a backup key must already be given, and the plan validates the model. */
export function takeAnswers(visit: Visit, answers: Answers): void {
  visit.auth = answers.auth;
  visit.model = answers.model ?? null;
  visit.target = answers.target ?? null;
  visit.keyForm = answers.keyForm ?? null;
  visit.otherDefault = answers.otherDefault ?? null;
  visit.accepted = answers.accepted;
  visit.declined = answers.declined;
}
