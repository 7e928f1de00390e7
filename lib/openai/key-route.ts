/** The check of a key as OpenClaw will send it: at its address, with its account, and where OpenAI says to ask instead. */

import { DEFAULT_OPENAI_BASE_URL, parseOpenAiBaseUrl, regionalHostIn } from "@/lib/openai/base-url";
import { type CheckKeyOptions, checkApiKey, type KeyCheck } from "@/lib/openai/check-key";

/** Variables that OpenAI's client, and so OpenClaw, sends along, by their header. */
const ACCOUNT_HEADERS = {
  OPENAI_ORG_ID: "OpenAI-Organization",
  OPENAI_PROJECT_ID: "OpenAI-Project",
} as const;

export type AccountVariable = keyof typeof ACCOUNT_HEADERS;
export const ACCOUNT_VARIABLES = ["OPENAI_ORG_ID", "OPENAI_PROJECT_ID"] as const;

/** How a key is sent. */
export interface KeyRoute {
  /** From `parseOpenAiBaseUrl`. */
  readonly baseUrl: string;
  readonly account: Readonly<Partial<Record<AccountVariable, string>>>;
}

/** The answer, and how it was come by. */
export type RoutedKeyCheck = KeyCheck & {
  /** The address that gave it: the one asked, or the regional one that OpenAI named. */
  readonly at: string;
  /** With these the key is refused, without them it works. */
  readonly unfit: readonly AccountVariable[];
};

/**
 * Asks at the address given. Where OpenAI refuses the key for its region, the regional host it names is asked, and
 * no other; where it refuses it for its account, once more without the variables that say which. At most 8 requests.
 */
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
  // OpenAI may name the region only once the account is right.
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

/** The address to ask instead; null for any host but OpenAI's own, whose word alone counts. */
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

/** What may be left out, the least first. */
function subsetsOf(account: KeyRoute["account"]): readonly AccountVariable[][] {
  const set = ACCOUNT_VARIABLES.filter((name) => account[name] !== undefined);
  return [...set.toReversed().map((name) => [name]), ...(set.length > 1 ? [set] : [])];
}
