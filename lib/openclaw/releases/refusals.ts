/** The messages with which releases report a provider's refusal, including OpenAI's own codes and sentences. */

/** Each code has a message in `messages/*.json` under `done.failure.<code>`. */
export type RefusalCode =
  | "no-credit"
  /** The key belongs to a region with its own host, such as `eu.api.openai.com`. */
  | "wrong-host"
  | "country"
  | "organization"
  /** The model does not exist, or this account may not use it. */
  | "model-unavailable"
  | "rate-limited"
  | "key-refused"
  | "provider-down"
  /** The provider was unreachable: DNS, route, proxy or certificate. */
  | "network";

export interface RefusalSign {
  readonly code: RefusalCode;
  readonly pattern: RegExp;
}

/**
 * The first match counts: releases report 401 for a wrong host and 429 for an empty account.
 * Seen on 2026.2.9, 2026.5.28, 2026.7.1 and 2026.9.6.
 */
export const REFUSAL_SIGNS: readonly RefusalSign[] = [
  { code: "wrong-host", pattern: /incorrect[ _](?:regional[ _])?hostname/i },
  {
    code: "country",
    pattern: /unsupported_country_region_territory|country, region, or territory not supported/i,
  },
  {
    code: "organization",
    pattern:
      /mismatched_organization|invalid_organization|header should match organization|No such organization|mismatched_project/i,
  },
  {
    code: "no-credit",
    pattern:
      /insufficient_quota|exceeded your current quota|returned a billing error|run out of credits|billing_hard_limit_reached|hard limit has been reached|billing_not_active|account is not active|\breason=billing\b|credit balance is too low/i,
  },
  {
    code: "model-unavailable",
    pattern:
      /model_not_found|does not have access to model|model [`'"][^`'"]+[`'"] does not exist|selected model was not found by the provider|model is not supported when using|not supported when using Codex|\breason=model_not_found\b/i,
  },
  {
    code: "rate-limited",
    pattern:
      /rate_limit_exceeded|rate limit reached|rate-limited|\breason=rate_limit\b|too many requests|status=429\b|HTTP 429\b/i,
  },
  // A web page comes from a proxy or filter, whatever its status.
  { code: "network", pattern: /contentType=text\/html|\b[45]\d\d <(?:html|!doctype)/i },
  {
    code: "key-refused",
    pattern:
      /invalid_api_key|incorrect api key|authentication failed|LLM request unauthorized|invalid_token|token_expired|missing scopes|provider returned HTTP 40[13]|request failed \([^)]*HTTP 40[13]|\breason=auth\b|status=40[13]\b|(?:^|rror=|[:"] ?)40[13] (?=["{A-Z])/im,
  },
  {
    code: "provider-down",
    pattern:
      /provider returned an internal error|temporarily overloaded|currently overloaded|model is at capacity|server_error|\breason=(?:overloaded|server_error)\b|HTTP 5\d\d\b|status=5\d\d\b|(?:^|rror=|[:"] ?)5\d\d (?=["{A-Z])/im,
  },
  {
    code: "network",
    pattern:
      /DNS lookup for the provider endpoint failed|connection (?:was interrupted|refused by the provider)|network connection error|unreachable from this host|proxy or tunnel configuration|TLS certificate validation|LLM request timed out|fetch failed|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|Connection error\.|socket hang up|SELF_SIGNED_CERT|UNABLE_TO_(?:GET|VERIFY)/i,
  },
];

/** Words in `executionTrace.attempts[].reason` and log lines (2026.6.10 to 2026.9.6). */
export const REASON_CODES: Readonly<Record<string, RefusalCode>> = {
  auth: "key-refused",
  auth_permanent: "key-refused",
  billing: "no-credit",
  rate_limit: "rate-limited",
  model_not_found: "model-unavailable",
  overloaded: "provider-down",
  server_error: "provider-down",
  timeout: "network",
  tls_certificate: "network",
};
