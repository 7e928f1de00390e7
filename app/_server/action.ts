/** The one way into a server action: who asks is checked, then the form is parsed, then the work is done. */

import { redirect } from "next/navigation";
import type { z } from "zod";
import { currentVisit } from "@/app/_server/visit";
import { fieldsOf } from "@/lib/visit/form-fields";
import type { Visit } from "@/lib/visit/visit";

/** `work` returns the address to go to next. A form that does not parse leads back to `otherwise`. */
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
