/** Signs in with a browser on another computer: an address to open, and one to paste. */

import { createHash, randomBytes } from "node:crypto";
import {
  authorizeParameters,
  CLIENT_ID,
  type Issuer,
  redirectUri,
} from "@/lib/openai/chatgpt/issuer";
import type { ChatGptLogin } from "@/lib/openai/chatgpt/login";
import {
  type PastedRedirectRefusal,
  parsePastedRedirect,
} from "@/lib/openai/chatgpt/pasted-redirect";
import { problem } from "@/lib/openai/chatgpt/problems";
import { exchangeCode, type TokenEndpointOptions } from "@/lib/openai/chatgpt/token-endpoint";
import { err, type Result } from "@/lib/result";

export interface ElsewhereSignIn {
  readonly address: URL;
  /** Takes that browser's final address; a malformed one leaves the attempt open. */
  finish(pasted: string): Promise<Result<ChatGptLogin, PastedRedirectRefusal>>;
}

/** Each attempt has its own state and PKCE (RFC 7636), which stay in this process. */
export function startElsewhereSignIn(
  issuer: Issuer,
  http: TokenEndpointOptions = {},
): ElsewhereSignIn {
  const state = randomBytes(32).toString("base64url");
  const codeVerifier = randomBytes(32).toString("base64url");
  const address = new URL(issuer.authorize);
  address.search = new URLSearchParams({
    response_type: "code",
    client_id: CLIENT_ID,
    ...authorizeParameters(),
    state,
    code_challenge: createHash("sha256").update(codeVerifier).digest("base64url"),
    code_challenge_method: "S256",
  }).toString();
  return {
    address,
    finish: async (pasted) => {
      const read = parsePastedRedirect(pasted);
      if (!read.ok) return read;
      const { code, iss } = read.value;
      // The service's documentation does not fix the trailing slash of its issuer.
      const isOwn = iss === null || iss.replace(/\/$/u, "") === issuer.href;
      if (read.value.state !== state || !isOwn) {
        return err({ code: "sign-in-failed", problem: problem("state-mismatch") });
      }
      const login = await exchangeCode(
        issuer,
        { code, codeVerifier, redirectUri: redirectUri() },
        http,
      );
      return login.ok ? login : err({ code: "sign-in-failed", problem: login.error });
    },
  };
}
