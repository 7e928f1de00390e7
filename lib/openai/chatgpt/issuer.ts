/** OpenAI's sign-in service: its addresses, and the public client this app signs in as. */

import { isLoopbackHost } from "@/lib/openai/base-url";
import { err, ok, type Result } from "@/lib/result";

export const DEFAULT_CHATGPT_ISSUER = "https://auth.openai.com";

/** The public client (no secret) of Codex; OpenClaw refreshes what was issued to this one. */
export const CLIENT_ID = "app_EMoamEEZ73f0CkXaXp7hrann";
export const SCOPE = "openid profile email offline_access";
/** Names this program to the service. */
export const ORIGINATOR = "openclaw-setup";

/** The port of the only redirect address registered for the client. */
export const CALLBACK_PORT = 1455;
export const CALLBACK_PATH = "/auth/callback";

/** Another port only where the issuer is not OpenAI's: theirs compares the address exactly. */
export function redirectUri(port: number = CALLBACK_PORT): string {
  return `http://localhost:${port}${CALLBACK_PATH}`;
}

export interface Issuer {
  /** As in the `iss` claim; no slash at the end. */
  readonly href: string;
  readonly isOpenAi: boolean;
  readonly authorize: URL;
  readonly token: URL;
  readonly revoke: URL;
  readonly device: {
    readonly userCode: URL;
    readonly poll: URL;
    /** Where the person types the code. */
    readonly page: URL;
    /** Named in the exchange of a device sign-in; nobody is ever sent there. */
    readonly redirectUri: string;
  };
}

export interface IssuerRefusal {
  readonly code: "not-a-url" | "not-https" | "not-an-origin";
}

/**
 * Reads CHATGPT_ISSUER; unset or blank is OpenAI. Codes, tokens and the person's password pass
 * through this address, so it must be https, or this very machine.
 */
export function parseIssuer(value: string | undefined): Result<Issuer, IssuerRefusal> {
  const text = value?.trim() || DEFAULT_CHATGPT_ISSUER;
  if (!URL.canParse(text)) return err({ code: "not-a-url" });
  const url = new URL(text);
  const local = url.protocol === "http:" && isLoopbackHost(url.hostname);
  if (url.protocol !== "https:" && !local) return err({ code: "not-https" });
  const bare = !url.username && !url.password && !url.search && !url.hash && url.pathname === "/";
  if (!bare) return err({ code: "not-an-origin" });
  const at = (path: string) => new URL(path, url.origin);
  return ok({
    href: url.origin,
    isOpenAi: url.origin === DEFAULT_CHATGPT_ISSUER,
    authorize: at("/oauth/authorize"),
    token: at("/oauth/token"),
    revoke: at("/oauth/revoke"),
    device: {
      userCode: at("/api/accounts/deviceauth/usercode"),
      poll: at("/api/accounts/deviceauth/token"),
      page: at("/codex/device"),
      redirectUri: at("/deviceauth/callback").href,
    },
  });
}
