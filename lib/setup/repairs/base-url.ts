/** Finds addresses that would send the new credential to a proxy, Azure or elsewhere. */

import { isLoopbackHost, isOpenAiHost, isRegionalHost } from "@/lib/openai/base-url";
import {
  ADDRESS_VARIABLE,
  CHATGPT_API,
  CHATGPT_BASE_URL,
  OPENAI,
  OPENAI_BASE_URL,
} from "@/lib/openclaw/releases/names";
import { modelOf, providerOf } from "@/lib/setup/model-ref";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Choices, Snapshot } from "@/lib/setup/types";
import type { ConfigEdit, ConfigPath, Json } from "@/lib/text/json5/types";
import { isJsonArray, textAt, valueAt } from "@/lib/text/json5/value";

/** Entry settings that belong to the other address. */
const MADE_FOR_IT = ["api", "authHeader", "headers"];

interface Route {
  readonly provider: string;
  readonly model: string;
  readonly sends: "key" | "login";
  /** The first one is set where an address is required. */
  readonly addresses: readonly [string, ...string[]];
}

type Found = Pick<Snapshot, "era" | "checkedAt">;

/** A model's address overrides its entry's, which overrides the variable. Pure. */
export function otherAddress(
  snapshot: Found,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  choices: Choices,
): Finding[] {
  return routesOf(snapshot, choices).flatMap((route) => mend(snapshot, config, dotenv, route));
}

function routesOf({ era, checkedAt }: Found, choices: Choices): Route[] {
  const key: Route = {
    provider: OPENAI,
    model: choices.auth === "api-key" ? choices.model : era.defaultModel.apiKey,
    sends: "key",
    addresses: addressesFor(checkedAt),
  };
  if (choices.auth === "api-key") return [key];
  const provider = providerOf(choices.model);
  const { model } = choices;
  // A login is not used beside the key's address (2026.9.6), or is sent there.
  const login: Route = { provider, model, sends: "login", addresses: [CHATGPT_BASE_URL] };
  return choices.apiKey !== null && era.backup === "model" ? [login, key] : [login];
}

/** A proxy or OpenAI; a regional key works only in its region. */
function addressesFor(checkedAt: string | null): Route["addresses"] {
  if (checkedAt === null) return [OPENAI_BASE_URL];
  return isRegional(checkedAt) ? [checkedAt] : [checkedAt, OPENAI_BASE_URL];
}

/** A local address is used only where required. */
export function keyAddress(checkedAt: string | null): string {
  if (checkedAt === null || isLoopbackHost(new URL(checkedAt).hostname)) return OPENAI_BASE_URL;
  return checkedAt;
}

function isRegional(address: string): boolean {
  return isRegionalHost(hostOf(address) ?? "");
}

/** Whether it is neither OpenAI nor the address where the key is checked. */
export function isElsewhere({ checkedAt }: Pick<Snapshot, "checkedAt">, address: unknown): boolean {
  if (typeof address !== "string" || address.trim() === "") return false;
  const host = hostOf(address.trim());
  return !isOpenAiHost(host ?? "") && host !== hostOf(checkedAt ?? "");
}

function mend(
  { era, checkedAt }: Found,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  { provider, model, sends, addresses }: Route,
): Finding[] {
  const entry = ["models", "providers", provider];
  const variable = (name: string) => textAt(config, ["env", "vars", name]) ?? dotenv.get(name);
  const hosts = addresses.map(hostOf);
  const isKey = sends === "key";
  /** A region in the config is the user's choice, unless the key belongs to another. */
  const isRight = (host: string | null) =>
    hosts.includes(host) ||
    (isKey && isRegionalHost(host ?? "") && !(checkedAt !== null && isRegional(checkedAt)));
  const elsewhere = (address: string | undefined, place: string) => {
    if (address === undefined) return null;
    const url = address.replace(/\$\{(\w+)\}/gu, (name, id: string) => variable(id) ?? name);
    const host = hostOf(url);
    return isRight(host) ? null : { host: host ?? "–", place };
  };
  const at = (path: ConfigPath) => {
    const place = [...path, "baseUrl"];
    return elsewhere(textAt(config, place), place.join("."));
  };
  const own = at(entry);
  const isSilent = textAt(config, [...entry, "baseUrl"]) === undefined;
  // With one provider for both and no address, a login goes to ChatGPT and the key behind it to OpenAI.
  const isShared = sends === "login" && provider === OPENAI;
  // Requests in ChatGPT's format find ChatGPT without an address.
  const staysInItsWay = isShared && textAt(config, [...entry, "api"]) === CHATGPT_API;
  /** A described model uses a key, unless its `api` or address is ChatGPT's (2026.9.6). */
  const forKeys = (path: ConfigPath) => {
    const api = [path, ...(own && !staysInItsWay ? [] : [entry])].map((one) =>
      textAt(config, [...one, "api"]),
    );
    if (!isShared || !(own || isSilent) || api.includes(CHATGPT_API)) return null;
    return { host: hostOf(OPENAI_BASE_URL) ?? "–", place: path.join(".") };
  };
  const models = modelsOf(config, entry, model).flatMap((path) => {
    const led = at(path) ?? forKeys(path);
    return led ? [{ path, led }] : [];
  });
  const follows = era.followsBaseUrlVariable && provider === OPENAI;
  const led =
    follows && (isSilent || (isShared && own))
      ? elsewhere(variable(ADDRESS_VARIABLE), ADDRESS_VARIABLE)
      : null;
  const isLed = led !== null && !isShared;
  const byModel = models.find(({ path }) => at(path) !== null)?.led;
  const found = byModel ?? own ?? models[0]?.led ?? (isLed ? led : null);
  const suffix = provider === OPENAI ? "" : `:${provider}`;
  const has = (name: string) => valueAt(config, [...entry, name]) !== undefined;
  const set = (name: string, value: Json): ConfigEdit => {
    return { op: "set", path: [...entry, name], value };
  };
  const clear = (path: ConfigPath, names: readonly string[]): ConfigEdit[] =>
    names
      .map((name) => [...path, name])
      .filter((one) => valueAt(config, one) !== undefined)
      .map((one) => ({ op: "remove", path: one }));
  const isOwn = addresses[0] === OPENAI_BASE_URL;
  const to = hosts[0] ?? "–";
  const others = describedBeside(config, entry, model);
  const findings: Finding[] = [];
  if (found) {
    findings.push({
      id: `other-address${suffix}`,
      kind: isKey ? (isOwn ? "other-address" : "led-address") : "login-address",
      data: {
        entry: entry.join("."),
        ...found,
        ...(isKey && !isOwn ? { to } : {}),
        ...(own && others.length > 0 ? { others } : {}),
      },
      important: true,
      // Users of their own server under this name would lose it.
      ...(own && others.length > 0 && isOwnServer(own.host) && !staysInItsWay
        ? { onRequest: true }
        : {}),
      edits: [
        ...(own && isShared ? clear(entry, ["baseUrl"]) : []),
        ...((own && !isShared) || isLed
          ? [
              set("baseUrl", addresses[0]),
              ...(era.providerNeedsBaseUrlAndModels && !has("models") ? [set("models", [])] : []),
            ]
          : []),
        ...(own ? clear(entry, staysInItsWay ? ["authHeader", "headers"] : MADE_FOR_IT) : []),
        ...models
          .toReversed()
          .flatMap(({ path }) =>
            forKeys(path)
              ? [{ op: "remove", path } as const]
              : clear(path, ["baseUrl", ...MADE_FOR_IT]),
          ),
      ],
    });
  }
  if (led && isShared) {
    findings.push({
      id: "login-variable",
      kind: "login-variable",
      data: led,
      important: true,
      edits: clear(["env", "vars"], [ADDRESS_VARIABLE]),
      clearDotenv: ADDRESS_VARIABLE,
    });
  }
  return findings;
}

export function modelsOf(config: Json, entry: readonly string[], ref: string): ConfigPath[] {
  const path = [...entry, "models"];
  const listed = valueAt(config, path);
  const names = [ref, modelOf(ref)];
  return (isJsonArray(listed) ? [...listed.keys()] : [])
    .map((index) => [...path, index])
    .filter((one) => names.includes(textAt(config, [...one, "id"]) ?? ""));
}

function describedBeside(config: Json, entry: readonly string[], ref: string): string[] {
  const listed = valueAt(config, [...entry, "models"]);
  return (isJsonArray(listed) ? listed : [])
    .map((one) => textAt(one, ["id"]) ?? "")
    .filter((id) => id !== "" && ![ref, modelOf(ref)].includes(id));
}

/** This machine or its network (RFC 1918, RFC 6762, RFC 4193). */
function isOwnServer(host: string): boolean {
  const name = host.replace(/:\d+$/u, "");
  return (
    isLoopbackHost(name) ||
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[f[cd])/u.test(name) ||
    /\.(?:local|lan|internal|home\.arpa)$/u.test(name) ||
    /^[a-z\d-]+$/iu.test(name)
  );
}

/** Only the host, because a URL may hold a password. Null for an invalid URL. */
export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
