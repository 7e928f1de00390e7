/** Validates and describes a ChatGPT login from the token endpoint's answer. */

import * as z from "zod";
import { mergeClaims, readClaims, type TokenClaims } from "@/lib/openai/chatgpt/claims";
import { problem, type SignInProblem } from "@/lib/openai/chatgpt/problems";
import { err, ok, type Result } from "@/lib/result";

/** Secret: it stays in the server's token store until OpenClaw has it. */
export interface ChatGptLogin extends LoginSummary {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface LoginSummary {
  readonly email: string | null;
  readonly name: string | null;
  readonly plan: string | null;
  readonly accountId: string | null;
  readonly userId: string | null;
  /** When OpenClaw has to refresh the access token, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** With a clock further behind, OpenClaw would use expired access tokens. */
const MAX_BEHIND_MS = 60 * 60_000;

const LONGEST_S = 10 * 366 * 86_400;

const token = z.string().min(1).max(32_768);
const TokenAnswer = z.object({
  access_token: token,
  refresh_token: token,
  id_token: token,
  expires_in: z.coerce.number().positive().max(LONGEST_S).nullish().catch(null),
});

/** `now` in milliseconds. Fails with `incomplete-answer` or `clock-skew`. */
export function loginFromAnswer(answer: unknown, now: number): Result<ChatGptLogin, SignInProblem> {
  const parsed = TokenAnswer.safeParse(answer);
  if (!parsed.success) {
    const missing = parsed.error.issues.map((issue) => issue.path.join(".")).join(", ");
    return err(problem("incomplete-answer", missing));
  }
  const { access_token, refresh_token, id_token, expires_in } = parsed.data;
  const access = readClaims(access_token);
  const issuedAt = access?.issuedAt ?? readClaims(id_token)?.issuedAt ?? null;
  const expiresAt = access?.expiresAt ?? (expires_in ? now + expires_in * 1000 : null);
  if (expiresAt === null) return err(problem("incomplete-answer", "expires_in"));
  // An expired new token means that this machine's clock is ahead.
  if (expiresAt <= now || (issuedAt ?? 0) > now + MAX_BEHIND_MS) {
    return err(problem("clock-skew", `issued ${iso(issuedAt)}, here it is ${iso(now)}`));
  }
  const claims = mergeClaims(readClaims(id_token), access);
  if (claims.accountId === null) return err(problem("incomplete-answer", "chatgpt_account_id"));
  return ok({
    accessToken: access_token,
    refreshToken: refresh_token,
    ...person(claims),
    expiresAt,
  });
}

export function summarize(login: ChatGptLogin): LoginSummary {
  const { email, name, plan, accountId, userId, expiresAt } = login;
  return { email, name, plan, accountId, userId, expiresAt };
}

function person(claims: TokenClaims): Omit<LoginSummary, "expiresAt"> {
  const { email, name, plan, accountId, userId } = claims;
  return { email, name, plan, accountId, userId };
}

function iso(time: number | null): string {
  return time === null ? "unknown" : new Date(time).toISOString();
}
