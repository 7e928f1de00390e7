/** Finds addresses that would send the new credential to a proxy, Azure or elsewhere. */

import { isLoopbackHost, isOpenAiHost, isRegionalHost } from "@/lib/openai/base-url";
import {
  ADDRESS_VARIABLE,
  CHATGPT_API,
  CHATGPT_BASE_URL,
  OPENAI,
  OPENAI_BASE_URL,
} from "@/lib/openclaw/releases/names";
import type { Choices } from "@/lib/setup/choices";
import { modelOf, providerOf } from "@/lib/setup/model-ref";
import type { Finding } from "@/lib/setup/repairs/finding";
import type { Snapshot } from "@/lib/setup/snapshot";
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

interface Led {
  readonly host: string;
  readonly place: string;
}

interface Seen {
  readonly entry: ConfigPath;
  /** The entry's address, unless it is right or missing. */
  readonly own: Led | null;
  /** Described models with another address; `forKeys` is set if the description itself redirects them. */
  readonly models: ReadonlyArray<{
    readonly path: ConfigPath;
    readonly led: Led;
    readonly byAddress: boolean;
    readonly forKeys: boolean;
  }>;
  /** The variable's address, if it applies. */
  readonly variable: Led | null;
  /** Login and key share a provider, so each finds its own address by default. */
  readonly isShared: boolean;
  /** Requests in ChatGPT's format find ChatGPT without an address. */
  readonly staysInItsWay: boolean;
}

function mend(
  snapshot: Found,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  route: Route,
): Finding[] {
  const seen = look(snapshot, config, dotenv, route);
  return [...repairRoute(snapshot, config, route, seen), ...repairVariable(config, seen)];
}

function look(
  { era, checkedAt }: Found,
  config: Json,
  dotenv: ReadonlyMap<string, string>,
  route: Route,
): Seen {
  const { provider, model, sends } = route;
  const entry = ["models", "providers", provider];
  const variable = (name: string) => textAt(config, ["env", "vars", name]) ?? dotenv.get(name);
  const elsewhere = (address: string | undefined, place: string): Led | null => {
    if (address === undefined) return null;
    const url = address.replace(/\$\{(\w+)\}/gu, (name, id: string) => variable(id) ?? name);
    const host = hostOf(url);
    return isRight(host, route, checkedAt) ? null : { host: host ?? "–", place };
  };
  const at = (path: ConfigPath) => {
    const place = [...path, "baseUrl"];
    return elsewhere(textAt(config, place), place.join("."));
  };
  const own = at(entry);
  const isSilent = textAt(config, [...entry, "baseUrl"]) === undefined;
  const isShared = sends === "login" && provider === OPENAI;
  const staysInItsWay = isShared && textAt(config, [...entry, "api"]) === CHATGPT_API;
  /** A described model uses a key, unless its `api` or address is ChatGPT's (2026.9.6). */
  const forKeys = (path: ConfigPath): Led | null => {
    const api = [path, ...(own && !staysInItsWay ? [] : [entry])].map((one) =>
      textAt(config, [...one, "api"]),
    );
    if (!isShared || !(own || isSilent) || api.includes(CHATGPT_API)) return null;
    return { host: hostOf(OPENAI_BASE_URL) ?? "–", place: path.join(".") };
  };
  const models = modelsOf(config, entry, model).flatMap((path) => {
    const [byAddress, byForm] = [at(path), forKeys(path)];
    const led = byAddress ?? byForm;
    return led ? [{ path, led, byAddress: byAddress !== null, forKeys: byForm !== null }] : [];
  });
  const counts =
    era.followsBaseUrlVariable && provider === OPENAI && (isSilent || (isShared && own !== null));
  const led = counts ? elsewhere(variable(ADDRESS_VARIABLE), ADDRESS_VARIABLE) : null;
  return { entry, own, models, variable: led, isShared, staysInItsWay };
}

/** A region in the config is the user's choice, unless the key belongs to another. */
function isRight(host: string | null, { sends, addresses }: Route, checkedAt: string | null) {
  if (addresses.map(hostOf).includes(host)) return true;
  const isBound = checkedAt !== null && isRegional(checkedAt);
  return sends === "key" && isRegionalHost(host ?? "") && !isBound;
}

/** Redirects a route to the address of its credential. */
function repairRoute(
  { era }: Found,
  config: Json,
  { provider, model, sends, addresses }: Route,
  { entry, own, models, variable, isShared, staysInItsWay }: Seen,
): Finding[] {
  const isLed = variable !== null && !isShared;
  const byModel = models.find(({ byAddress }) => byAddress)?.led;
  const found = byModel ?? own ?? models[0]?.led ?? (isLed ? variable : null);
  if (!found) return [];
  const isKey = sends === "key";
  const isOwn = addresses[0] === OPENAI_BASE_URL;
  const others = own ? describedBeside(config, entry, model) : [];
  const set = (name: string, value: Json): ConfigEdit => {
    return { op: "set", path: [...entry, name], value };
  };
  const needsModels =
    era.providerNeedsBaseUrlAndModels && valueAt(config, [...entry, "models"]) === undefined;
  const addressSet = [set("baseUrl", addresses[0]), ...(needsModels ? [set("models", [])] : [])];
  return [
    {
      id: `other-address${provider === OPENAI ? "" : `:${provider}`}`,
      kind: isKey ? (isOwn ? "other-address" : "led-address") : "login-address",
      data: {
        entry: entry.join("."),
        ...found,
        ...(isKey && !isOwn ? { to: hostOf(addresses[0]) ?? "–" } : {}),
        ...(others.length > 0 ? { others } : {}),
      },
      important: true,
      // Users of their own server under this name would lose it.
      ...(own && others.length > 0 && isOwnServer(own.host) && !staysInItsWay
        ? { onRequest: true }
        : {}),
      edits: [
        ...(own && isShared ? cleared(config, entry, ["baseUrl"]) : []),
        ...((own && !isShared) || isLed ? addressSet : []),
        ...(own
          ? cleared(config, entry, staysInItsWay ? ["authHeader", "headers"] : MADE_FOR_IT)
          : []),
        ...models
          .toReversed()
          .flatMap(({ path, forKeys }): ConfigEdit[] =>
            forKeys ? [{ op: "remove", path }] : cleared(config, path, ["baseUrl", ...MADE_FOR_IT]),
          ),
      ],
    },
  ];
}

/** Removes a variable that would redirect a login. */
function repairVariable(config: Json, { variable, isShared }: Seen): Finding[] {
  if (!variable || !isShared) return [];
  return [
    {
      id: "login-variable",
      kind: "login-variable",
      data: { ...variable },
      important: true,
      edits: cleared(config, ["env", "vars"], [ADDRESS_VARIABLE]),
      clearDotenv: ADDRESS_VARIABLE,
    },
  ];
}

function cleared(config: Json, path: ConfigPath, names: readonly string[]): ConfigEdit[] {
  return names
    .map((name) => [...path, name])
    .filter((one) => valueAt(config, one) !== undefined)
    .map((one) => ({ op: "remove", path: one }));
}

export function modelsOf(config: Json, entry: ConfigPath, ref: string): ConfigPath[] {
  const path = [...entry, "models"];
  const listed = valueAt(config, path);
  const names = [ref, modelOf(ref)];
  return (isJsonArray(listed) ? [...listed.keys()] : [])
    .map((index) => [...path, index])
    .filter((one) => names.includes(textAt(config, [...one, "id"]) ?? ""));
}

function describedBeside(config: Json, entry: ConfigPath, ref: string): string[] {
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
