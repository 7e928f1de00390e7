/** Wraps every server action: checks the visitor, parses the form, then does the work. */

import { redirect } from "next/navigation";
import type { z } from "zod";
import { currentVisit } from "@/app/_server/visit";
import { fieldsOf } from "@/lib/visit/form-fields";
import type { Visit } from "@/lib/visit/visit";

/** `work` returns the next address; a malformed form leads back to `otherwise`. */
export function action<T>(
  schema: z.ZodType<T>,
  otherwise: string,
  work: (visit: Visit, input: T) => Promise<string>,
): (form: FormData) => Promise<never> {
  return async (form) => {
    const visit = await currentVisit("POST");
    const fields = fieldsOf(form);
    const input = fields && schema.safeParse(fields);
    redirect(input?.success ? await work(visit, input.data) : otherwise);
  };
}
