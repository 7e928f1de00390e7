/** Calls the token endpoint to exchange a code and to revoke a token. */

import { CLIENT_ID, type Issuer } from "@/lib/openai/chatgpt/issuer";
import { type ChatGptLogin, loginFromAnswer } from "@/lib/openai/chatgpt/login";
import {
  problem,
  replyProblem,
  type SignInProblem,
  unreachable,
} from "@/lib/openai/chatgpt/problems";
import { type HttpOptions, send } from "@/lib/openai/http";
import { err, type Result } from "@/lib/result";
import { parseJson } from "@/lib/text/json";

export interface CodeExchange {
  readonly code: string;
  readonly codeVerifier: string;
  /** The service refuses an address other than that of the authorize request. */
  readonly redirectUri: string;
}

export interface TokenEndpointOptions extends HttpOptions {
  readonly now?: () => number;
}

/** RFC 6749, 4.1.3 with RFC 7636, as a public client without an Authorization header. */
export async function exchangeCode(
  issuer: Issuer,
  exchange: CodeExchange,
  options: TokenEndpointOptions = {},
): Promise<Result<ChatGptLogin, SignInProblem>> {
  const body = new URLSearchParams({
    grant_type: "authorization_code",
    client_id: CLIENT_ID,
    code: exchange.code,
    redirect_uri: exchange.redirectUri,
    code_verifier: exchange.codeVerifier,
  });
  const reply = await send(
    {
      url: issuer.token,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: body.toString(),
    },
    options,
  );
  const secrets = [exchange.code, exchange.codeVerifier];
  if (!reply.ok) return err(unreachable(reply.error, secrets));
  if (reply.value.status !== 200) return err(replyProblem(reply.value, secrets));
  const answer = parseJson(reply.value.text);
  if (answer === undefined) return err(problem("not-json", "HTTP 200"));
  return loginFromAnswer(answer, (options.now ?? Date.now)());
}

/** Best effort, as in Codex. Never revoke a login that OpenClaw holds, since that would end OpenClaw's too. */
export async function revokeLogin(
  issuer: Issuer,
  login: Pick<ChatGptLogin, "refreshToken">,
  options: HttpOptions = {},
): Promise<boolean> {
  const reply = await send(
    {
      url: issuer.revoke,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        token: login.refreshToken,
        token_type_hint: "refresh_token",
        client_id: CLIENT_ID,
      }),
    },
    options,
  );
  return reply.ok && reply.value.status >= 200 && reply.value.status < 300;
}
