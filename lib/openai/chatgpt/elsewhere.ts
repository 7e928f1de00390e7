/** Signing in with a browser on another computer, for a program without a page: its address, and the one it ends on. */

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
  /** To open in that browser. */
  readonly address: URL;
  /** Takes what it ended on. A refusal of the text itself leaves the attempt as it is. */
  finish(pasted: string): Promise<Result<ChatGptLogin, PastedRedirectRefusal>>;
}

/** One attempt: state and PKCE (RFC 7636) are made for it and stay in this process. */
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
      // Whether the service names itself with or without a slash at the end is not documented.
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
