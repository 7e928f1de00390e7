/** Repeats the door's checks inside every action and download. */

import { judge } from "@/lib/door/door";
import { cookieName, type Instance } from "@/lib/door/instance";
import type { Session } from "@/lib/door/sessions";

/** Returns null for a rejected request. */
export function authorize(
  instance: Instance,
  request: {
    readonly method: "GET" | "POST";
    readonly get: (name: string) => string | null;
    readonly cookie: (name: string) => string | undefined;
  },
): Session | null {
  const session = instance.sessions.find(request.cookie(cookieName(instance)));
  const verdict = judge({
    method: request.method,
    target: "/",
    header: (name) => {
      const value = request.get(name);
      // Next.js sets this header itself after the door has removed the visitor's own.
      if (value === null || name === "x-forwarded-host") return [];
      return [value];
    },
    hosts: instance.hosts,
    hasSession: session !== null,
  });
  return verdict.kind === "enter" ? session : null;
}
