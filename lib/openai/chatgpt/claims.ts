/** Reads account and expiry claims from the service's tokens. */

import * as z from "zod";
import { parseJson } from "@/lib/text/json";
import { isVisible } from "@/lib/text/visible";

/** The signature is not verified: tokens come over TLS from the token endpoint (OpenID Connect Core 3.1.3.7). */
export interface TokenClaims {
  readonly email: string | null;
  readonly name: string | null;
  readonly accountId: string | null;
  readonly userId: string | null;
  readonly plan: string | null;
  readonly expiresAt: number | null;
  readonly issuedAt: number | null;
}

const text = z.string().min(1).max(512).refine(isVisible).nullish().catch(null);
const LAST_SECOND = 253_402_300_799;
const seconds = z.number().min(0).max(LAST_SECOND).nullish().catch(null);
/** It is sent as a header and stored in OpenClaw. */
export const accountId = z.string().regex(/^[\w.:@-]{1,256}$/u);
const Account = z
  .object({
    chatgpt_account_id: accountId.nullish().catch(null),
    chatgpt_plan_type: text,
    chatgpt_user_id: text,
    user_id: text,
  })
  .partial()
  .catch({});
const Payload = z
  .object({
    email: text,
    name: text,
    exp: seconds,
    iat: seconds,
    "https://api.openai.com/auth": Account,
    "https://api.openai.com/profile": z.object({ email: text }).partial().catch({}),
  })
  .partial();

const NOTHING: TokenClaims = {
  email: null,
  name: null,
  accountId: null,
  userId: null,
  plan: null,
  expiresAt: null,
  issuedAt: null,
};

/** Null if it is no JWT; missing or invalid claims are null. */
export function readClaims(token: string): TokenClaims | null {
  const payload = Payload.safeParse(decodePayload(token));
  if (!payload.success) return null;
  const claims = payload.data;
  const account = claims["https://api.openai.com/auth"] ?? {};
  return {
    email: claims.email ?? claims["https://api.openai.com/profile"]?.email ?? null,
    name: claims.name ?? null,
    accountId: account.chatgpt_account_id ?? null,
    userId: account.chatgpt_user_id ?? account.user_id ?? null,
    plan: account.chatgpt_plan_type ?? null,
    expiresAt: milliseconds(claims.exp),
    issuedAt: milliseconds(claims.iat),
  };
}

export function mergeClaims(first: TokenClaims | null, second: TokenClaims | null): TokenClaims {
  const [a, b] = [first ?? NOTHING, second ?? NOTHING];
  return {
    email: a.email ?? b.email,
    name: a.name ?? b.name,
    accountId: a.accountId ?? b.accountId,
    userId: a.userId ?? b.userId,
    plan: a.plan ?? b.plan,
    expiresAt: a.expiresAt ?? b.expiresAt,
    issuedAt: a.issuedAt ?? b.issuedAt,
  };
}

function decodePayload(token: string): unknown {
  const part = /^[\w-]+\.([\w-]+)\.[\w-]*$/u.exec(token)?.[1];
  if (!part) return undefined;
  return parseJson(Buffer.from(part, "base64url").toString("utf8"));
}

function milliseconds(value: number | null | undefined): number | null {
  return typeof value === "number" ? Math.round(value * 1000) : null;
}
