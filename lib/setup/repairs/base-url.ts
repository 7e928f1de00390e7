/** Models of OpenAI that are asked for elsewhere, at a proxy or at Azure: the new key or login would be sent there. */

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

/** What of an entry is made for the other address: OpenAI would be sent its headers, or asked in its way. */
const MADE_FOR_IT = ["api", "authHeader", "headers"];

/** A provider of the choice: which of its models is asked, with what, and where that belongs. */
interface Route {
  readonly provider: string;
  readonly model: string;
  readonly sends: "key" | "login";
  /** The first is set where there must be one. */
  readonly addresses: readonly [string, ...string[]];
}

type Found = Pick<Snapshot, "era" | "checkedAt">;

/** The model's own address goes before its entry's, and that before the variable. Pure. */
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
  // A login is not used beside the address of the key (2026.9.6), or is sent there.
  const login: Route = { provider, model, sends: "login", addresses: [CHATGPT_BASE_URL] };
  return choices.apiKey !== null && era.backup === "model" ? [login, key] : [login];
}

/** Where a key belongs: at a proxy or at OpenAI; one of a region at that region alone. */
function addressesFor(checkedAt: string | null): Route["addresses"] {
  if (checkedAt === null) return [OPENAI_BASE_URL];
  return isRegional(checkedAt) ? [checkedAt] : [checkedAt, OPENAI_BASE_URL];
}

/** Where a key of its own entry is sent. One on this machine is written only where it is asked for. */
export function keyAddress(checkedAt: string | null): string {
  if (checkedAt === null || isLoopbackHost(new URL(checkedAt).hostname)) return OPENAI_BASE_URL;
  return checkedAt;
}

function isRegional(address: string): boolean {
  return isRegionalHost(hostOf(address) ?? "");
}

/** Whether an address is another than OpenAI's and the one where the page checks a key; false where it is none. */
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
  /** A region in the config is the person's choice, unless the key was seen to belong to another one. */
  const isRight = (host: string | null) =>
    hosts.includes(host) ||
    (isKey && isRegionalHost(host ?? "") && !(checkedAt !== null && isRegional(checkedAt)));
  /** Null where an address is a right one, or there is none. */
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
  // One provider for both: without an address a login goes to ChatGPT, and the key behind it to OpenAI.
  const isShared = sends === "login" && provider === OPENAI;
  // Whatever is asked in ChatGPT's way is found at ChatGPT once the address is gone.
  const staysInItsWay = isShared && textAt(config, [...entry, "api"]) === CHATGPT_API;
  /** A model that the entry describes is asked for with a key, unless at ChatGPT or in its way (2026.9.6). */
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
      // Whoever runs a server of their own under this name would lose what it does.
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

/** The chosen model among those that an entry describes itself. */
export function modelsOf(config: Json, entry: readonly string[], ref: string): ConfigPath[] {
  const path = [...entry, "models"];
  const listed = valueAt(config, path);
  const names = [ref, modelOf(ref)];
  return (isJsonArray(listed) ? [...listed.keys()] : [])
    .map((index) => [...path, index])
    .filter((one) => names.includes(textAt(config, [...one, "id"]) ?? ""));
}

/** The other models that an entry describes, by their ids. */
function describedBeside(config: Json, entry: readonly string[], ref: string): string[] {
  const listed = valueAt(config, [...entry, "models"]);
  return (isJsonArray(listed) ? listed : [])
    .map((one) => textAt(one, ["id"]) ?? "")
    .filter((id) => id !== "" && ![ref, modelOf(ref)].includes(id));
}

/** This machine, or one beside it: no public name leads there (RFC 1918, RFC 6762, RFC 4193). */
function isOwnServer(host: string): boolean {
  const name = host.replace(/:\d+$/u, "");
  return (
    isLoopbackHost(name) ||
    /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[f[cd])/u.test(name) ||
    /\.(?:local|lan|internal|home\.arpa)$/u.test(name) ||
    /^[a-z\d-]+$/iu.test(name)
  );
}

/** The host alone: an address may hold a password. Null where it is none. */
export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).host : null;
}
