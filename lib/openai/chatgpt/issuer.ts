/** The addresses of OpenAI's sign-in service, and the public client used there. */

import { isLoopbackHost } from "@/lib/openai/base-url";
import { err, ok, type Result } from "@/lib/result";

export const DEFAULT_CHATGPT_ISSUER = "https://auth.openai.com";

/** Codex's public client (without a secret); OpenClaw can refresh its tokens. */
export const CLIENT_ID = "app_EMoamEEZ73f0CkXaXp7hrann";
export const SCOPE = "openid profile email offline_access";
export const ORIGINATOR = "openclaw-setup";

/** The only redirect address registered for the client has this port. */
export const CALLBACK_PORT = 1455;
export const CALLBACK_PATH = "/auth/callback";

/** OpenAI requires the registered port; another issuer may accept others. */
export function redirectUri(port: number = CALLBACK_PORT): string {
  return `http://localhost:${port}${CALLBACK_PATH}`;
}

export function authorizeParameters(port?: number): Readonly<Record<string, string>> {
  return {
    scope: SCOPE,
    redirect_uri: redirectUri(port),
    id_token_add_organizations: "true",
    codex_cli_simplified_flow: "true",
    originator: ORIGINATOR,
  };
}

export interface Issuer {
  readonly href: string;
  readonly isOpenAi: boolean;
  readonly authorize: URL;
  readonly token: URL;
  readonly revoke: URL;
  readonly device: {
    readonly userCode: URL;
    readonly poll: URL;
    readonly page: URL;
    /** Only named in the exchange of a device sign-in; no browser goes there. */
    readonly redirectUri: string;
  };
}

export interface IssuerRefusal {
  readonly code: "not-a-url" | "not-https" | "not-an-origin";
}

/** Needs https or loopback, since codes, tokens and the password pass through it. Defaults to OpenAI. */
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
