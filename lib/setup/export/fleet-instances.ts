/** The instances of a fleet as an answers file lists them: choices and names of variables, never a secret. */

import { z } from "zod";

/** A name of a namespace, a project and a folder (RFC 1123), with room for what is put before it. */
const name = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,50}[a-z0-9])?$/u);
const variable = z.string().regex(/^[A-Z_][A-Z0-9_]{0,100}$/u);

const instance = z.strictObject({
  name,
  /** Its agents, the default one first; none: the one that the base has. */
  agents: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/u))
    .max(50)
    .default([]),
  /** `provider/model`; none: that of the choices. */
  model: z.string().min(3).max(200).optional(),
  /** The variable in which the engine has its key; none: OPENAI_API_KEY. */
  credential: variable.optional(),
});

export type FleetInstance = z.infer<typeof instance>;

const MOST = 10_000;

/** What stands under `instances` in an answers file. */
export const fleetInstancesSchema = z
  .array(instance)
  .min(1)
  .max(MOST)
  .refine((all) => new Set(all.map((one) => one.name)).size === all.length, {
    message: "two instances have one name",
  });
