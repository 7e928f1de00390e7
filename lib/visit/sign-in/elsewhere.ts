/** Signs in with a browser elsewhere when there is no page. */

import { startElsewhereSignIn } from "@/lib/openai/chatgpt/elsewhere";
import type { PastedRedirectRefusal } from "@/lib/openai/chatgpt/pasted-redirect";
import { keepLogin } from "@/lib/visit/login";
import { endDevice, issuerOf, releaseLogin } from "@/lib/visit/sign-in/device";
import type { Visit } from "@/lib/visit/visit";

export interface ElsewhereVisit {
  readonly address: URL;
  /** Null if the visit is signed in, or holds the problem that ended the attempt. */
  take(pasted: string): Promise<Exclude<PastedRedirectRefusal["code"], "sign-in-failed"> | null>;
}

/** Null if the service is unavailable; the visit holds the reason. */
export function startElsewhere(visit: Visit): ElsewhereVisit | null {
  endDevice(visit);
  visit.auth = "chatgpt";
  const issuer = issuerOf(visit);
  visit.signIn.problem = issuer.ok ? null : issuer.error;
  if (!issuer.ok) return null;
  const attempt = startElsewhereSignIn(issuer.value, { env: visit.host.env });
  return {
    address: attempt.address,
    take: async (pasted) => {
      const login = await attempt.finish(pasted);
      if (login.ok) {
        await releaseLogin(visit);
        await keepLogin(visit, login.value, "pasted");
        return null;
      }
      if (login.error.code !== "sign-in-failed") return login.error.code;
      visit.signIn.problem = login.error.problem;
      return null;
    },
  };
}
