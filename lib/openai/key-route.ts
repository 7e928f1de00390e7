/** Checks a key as OpenClaw will send it, and finds the region or account that accepts it. */

import { DEFAULT_OPENAI_BASE_URL, parseOpenAiBaseUrl, regionalHostIn } from "@/lib/openai/base-url";
import { type CheckKeyOptions, checkApiKey, type KeyCheck } from "@/lib/openai/check-key";

/** The headers of variables that OpenAI's client, and so OpenClaw, sends. */
const ACCOUNT_HEADERS = {
  OPENAI_ORG_ID: "OpenAI-Organization",
  OPENAI_PROJECT_ID: "OpenAI-Project",
} as const;

export type AccountVariable = keyof typeof ACCOUNT_HEADERS;
export const ACCOUNT_VARIABLES = ["OPENAI_ORG_ID", "OPENAI_PROJECT_ID"] as const;

export interface KeyRoute {
  readonly baseUrl: string;
  readonly account: Readonly<Partial<Record<AccountVariable, string>>>;
}

export type RoutedKeyCheck = KeyCheck & {
  /** The address that answered: the given one, or the region that OpenAI named. */
  readonly at: string;
  /** The key is refused with these variables but works without them. */
  readonly unfit: readonly AccountVariable[];
};

/** After a refusal, asks the region that OpenAI names, or omits account variables. At most 8 requests. */
export async function checkKeyByRoute(
  key: string,
  route: KeyRoute,
  options: Omit<CheckKeyOptions, "baseUrl" | "headers"> = {},
): Promise<RoutedKeyCheck> {
  const ask = async (baseUrl: string, account: KeyRoute["account"]) =>
    checkApiKey(key, { ...options, baseUrl, headers: headersFor(account) });
  const first = await ask(route.baseUrl, route.account);
  const region = regionNamed(route.baseUrl, first);
  const at = region ?? route.baseUrl;
  const check = region === null ? first : await ask(region, route.account);
  // OpenAI may name the region only once the account matches.
  for (const unfit of isAboutAccount(check) ? subsetsOf(route.account) : []) {
    const rest = { ...route.account };
    for (const name of unfit) delete rest[name];
    const without = await ask(at, rest);
    const elsewhere = regionNamed(at, without);
    const answer = elsewhere === null ? without : await ask(elsewhere, rest);
    if (answer.kind === "works") return { ...answer, at: elsewhere ?? at, unfit };
  }
  return { ...check, at, unfit: [] };
}

function headersFor(account: KeyRoute["account"]): Record<string, string> {
  return Object.fromEntries(
    ACCOUNT_VARIABLES.flatMap((name) => {
      const value = account[name];
      return value === undefined ? [] : [[ACCOUNT_HEADERS[name], value]];
    }),
  );
}

/** Null unless OpenAI's own host gave the answer, since no other may redirect the key. */
function regionNamed(asked: string, check: KeyCheck): string | null {
  const base = parseOpenAiBaseUrl(asked);
  if (!base.ok || !base.value.isOpenAi) return null;
  if (check.kind !== "refused" || check.reason !== "hostname") return null;
  const host = regionalHostIn(check.detail);
  if (host === null || host === new URL(asked).host) return null;
  return DEFAULT_OPENAI_BASE_URL.replace("api.openai.com", host);
}

function isAboutAccount(check: KeyCheck): boolean {
  if (check.kind !== "refused") return false;
  return check.reason === "organization" || check.reason === "project";
}

function subsetsOf(account: KeyRoute["account"]): readonly AccountVariable[][] {
  const set = ACCOUNT_VARIABLES.filter((name) => account[name] !== undefined);
  return [...set.toReversed().map((name) => [name]), ...(set.length > 1 ? [set] : [])];
}
