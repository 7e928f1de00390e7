/** Finds the address and account that OpenClaw will use with a key. */

import {
  type BaseUrlRefusal,
  DEFAULT_OPENAI_BASE_URL,
  isRegionalHost,
  parseOpenAiBaseUrl,
} from "@/lib/openai/base-url";
import { ACCOUNT_VARIABLES, type KeyRoute } from "@/lib/openai/key-route";
import { resolveConfig } from "@/lib/openclaw/config/include";
import type { Environment } from "@/lib/openclaw/places/home";
import { ADDRESS_VARIABLE, OPENAI_ENTRY } from "@/lib/openclaw/releases/names";
import { ok, type Result } from "@/lib/result";
import { configFiles } from "@/lib/setup/machine/config-files";
import type { Snapshot } from "@/lib/setup/snapshot";
import { readDotenv } from "@/lib/text/dotenv/edit";
import { textAt } from "@/lib/text/json5/value";

/**
 * An address of the environment, else a regional one in OpenClaw's files, else OpenAI's.
 * Account variables: environment, `.env`, `env.vars`. Fails for an unusable OPENAI_BASE_URL. Pure.
 */
export function keyRouteOf(snapshot: Snapshot, env: Environment): Result<KeyRoute, BaseUrlRefusal> {
  const given = parseOpenAiBaseUrl(env[ADDRESS_VARIABLE]);
  if (!given.ok) return given;
  const resolved = resolveConfig(configFiles(snapshot));
  const config = resolved.ok ? resolved.value.value : {};
  const dotenv = readDotenv(new TextDecoder().decode(snapshot.dotenvBytes ?? new Uint8Array()));
  const variable = (name: string) => {
    const values = [env[name], dotenv.get(name), textAt(config, ["env", "vars", name])];
    return values.find((value) => value?.trim())?.trim();
  };
  const account = Object.fromEntries(
    ACCOUNT_VARIABLES.flatMap((name) => {
      const value = variable(name);
      return value === undefined || !isHeaderValue(value) ? [] : [[name, value]];
    }),
  );
  const followed = snapshot.era.followsBaseUrlVariable ? variable(ADDRESS_VARIABLE) : undefined;
  const own = textAt(config, [...OPENAI_ENTRY, "baseUrl"])?.replace(
    /\$\{(\w+)\}/gu,
    (whole, name: string) => variable(name) ?? whole,
  );
  const inFiles = parseOpenAiBaseUrl(own ?? followed);
  const isRegion =
    inFiles.ok && inFiles.value.isOpenAi && isRegionalHost(new URL(inFiles.value.href).host);
  const isGiven = given.value.href !== DEFAULT_OPENAI_BASE_URL;
  const baseUrl = !isGiven && isRegion ? inFiles.value.href : given.value.href;
  return ok({ baseUrl, account });
}

/** Other text is no valid header value and would fail the request. */
function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/u.test(text);
}
