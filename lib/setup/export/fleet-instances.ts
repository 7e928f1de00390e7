/** The schema of fleet instances in an answers file, which never holds secrets. */

import { z } from "zod";

/** A valid namespace, project and folder name (RFC 1123), with room for a prefix. */
const name = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?$/u);
const variable = z.string().regex(/^[A-Z_][A-Z0-9_]{0,100}$/u);

const instance = z.strictObject({
  name,
  /** The default agent comes first; without any, the base's agents apply. */
  agents: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/u))
    .max(50)
    .default([]),
  /** `provider/model`; defaults to the chosen model. */
  model: z.string().min(3).max(200).optional(),
  /** The engine's variable with its key; defaults to OPENAI_API_KEY. */
  credential: variable.optional(),
});

export type FleetInstance = z.infer<typeof instance>;

const MOST = 10_000;

export const fleetInstancesSchema = z
  .array(instance)
  .min(1)
  .max(MOST)
  .refine((all) => new Set(all.map((one) => one.name)).size === all.length, {
    message: "two instances have one name",
  });
